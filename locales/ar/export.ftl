# Names of sheets, headings of columns and words for states in exported lists.
export-sheet-participants = المشاركون
export-sheet-orders = الطلبات
export-sheet-payments = المدفوعات

export-column-order_code = الطلب
export-column-status = الحالة
export-column-first_name = الاسم
export-column-last_name = اسم العائلة
export-column-email = البريد الإلكتروني
export-column-ticket_code = رمز التذكرة
export-column-ticket_type = نوع التذكرة
export-column-price = السعر
export-column-total = المجموع
export-column-amount = المبلغ
export-column-refunded = المبلغ المسترد
export-column-currency = العملة
export-column-created_at = تاريخ الإنشاء
export-column-paid_at = تاريخ الدفع
export-column-checked_in_at = وقت الدخول
export-column-gate = البوابة
export-column-provider = وسيلة الدفع
export-column-payment_reference = مرجع الدفع

export-order-pending = قيد الانتظار
export-order-paid = مدفوع
export-order-expired = منتهي المهلة
export-order-cancelled = ملغى
export-order-partially_refunded = مسترد جزئيًا
export-order-refunded = مسترد

export-payment-pending = قيد الانتظار
export-payment-succeeded = ناجح
export-payment-failed = فاشل
export-payment-cancelled = ملغى
export-payment-expired = منتهي المهلة
export-payment-partially_refunded = مسترد جزئيًا
export-payment-refunded = مسترد

export-ticket-valid = صالحة
export-ticket-used = مستعملة
export-ticket-revoked = ملغاة
