# What buyers read: checkout, payment, order, tickets.

field-label-first_name = الاسم
field-label-last_name = اسم العائلة
field-label-email = عنوان البريد الإلكتروني

## Checkout

checkout-title = بياناتكم
checkout-secure = طلب آمن
checkout-steps = الخطوات
checkout-step-tickets = التذاكر
checkout-step-details = البيانات
checkout-step-payment = الدفع
checkout-step-confirm = التأكيد
checkout-buyer = المشتري
checkout-buyer-note = تُرسل التذاكر إلى هذا العنوان.
checkout-have-account = لدي حساب
checkout-name-tickets = { $count ->
    [zero] كتابة اسم على التذكرة
    [one] كتابة اسم آخر على التذكرة
    [two] كتابة اسم على كل تذكرة
    [few] كتابة اسم على كل تذكرة
    [many] كتابة اسم على كل تذكرة
   *[other] كتابة اسم على كل تذكرة
}
checkout-name-tickets-note = التذكرة التي لا تحمل اسمًا تحمل اسمكم.
checkout-ticket = التذكرة { $number }
checkout-consent = أوافق على شروط البيع الخاصة بـ{ $organizer }.
checkout-pay = دفع { $amount }
checkout-book = { $count ->
    [zero] حجز التذاكر
    [one] حجز التذكرة
    [two] حجز التذكرتين
    [few] حجز { $count } تذاكر
    [many] حجز { $count } تذكرة
   *[other] حجز { $count } تذكرة
}
checkout-hold = { $minutes ->
    [zero] تُحجز تذاكركم بعد ذلك.
    [one] تُحجز تذاكركم بعد ذلك لدقيقة واحدة.
    [two] تُحجز تذاكركم بعد ذلك لدقيقتين.
    [few] تُحجز تذاكركم بعد ذلك لمدة { $minutes } دقائق.
    [many] تُحجز تذاكركم بعد ذلك لمدة { $minutes } دقيقة.
   *[other] تُحجز تذاكركم بعد ذلك لمدة { $minutes } دقيقة.
}
checkout-order = طلبكم
checkout-change = تغيير التذاكر
pay-method-sandbox = بطاقة مصرفية (تجربة)
pay-method-sandbox-note = لا يُخصم أي مبلغ حقيقي.
flash-choose-tickets = اختاروا تذكرة واحدة على الأقل.
flash-pay-later = صفحة الدفع لا تستجيب. تذاكركم محجوزة، أعيدوا المحاولة بعد لحظة.
flash-order-cancelled = أُلغي الطلب.
flash-order-resent = الرسالة في طريقها إليكم.

## The order

order-title = الطلب { $code }
order-ready = { $count ->
    [zero] شكرًا { $name }.
    [one] شكرًا { $name }، تذكرتكم جاهزة.
    [two] شكرًا { $name }، تذكرتاكم جاهزتان.
    [few] شكرًا { $name }، تذاكركم جاهزة.
    [many] شكرًا { $name }، تذاكركم جاهزة.
   *[other] شكرًا { $name }، تذاكركم جاهزة.
}
order-sent-to = أُرسلت إلى
order-pending = تذاكركم في انتظار الدفع.
order-waiting-bank = في انتظار المصرف
order-waiting-bank-note = لم يؤكد المصرف الدفع بعد. تُحدَّث هذه الصفحة تلقائيًا، وتصلكم التذاكر بالبريد أيضًا.
order-held-until = تذاكركم محجوزة حتى { $time }.
order-time-left = الوقت المتبقي
order-heading-paid = لم تعد التذاكر صالحة
order-note-paid = انظروا أدناه حالة كل تذكرة.
order-heading-expired = انتهت مهلة هذا الطلب
order-note-expired = لم يصل الدفع في الوقت المحدد، ولم يُخصم أي مبلغ.
order-heading-cancelled = أُلغي هذا الطلب
order-note-cancelled = أُعيدت تذاكره إلى البيع.
order-heading-refunded = استُردّ مبلغ هذا الطلب
order-note-refunded = يعود المبلغ عبر وسيلة الدفع نفسها، عادةً خلال 5 إلى 10 أيام.
order-heading-partially_refunded = استُردّ جزء من مبلغ هذا الطلب
order-note-partially_refunded = انظروا أدناه التذاكر التي ما زالت صالحة.
order-status-pending = بانتظار الدفع
order-status-paid = مدفوع
order-status-expired = منتهي المهلة
order-status-cancelled = ملغى
order-status-partially_refunded = مسترد جزئيًا
order-status-refunded = مسترد
order-tickets = { $count ->
    [zero] لا تذاكر
    [one] تذكرة واحدة
    [two] تذكرتان
    [few] { $count } تذاكر
    [many] { $count } تذكرة
   *[other] { $count } تذكرة
}
order-download = تنزيل (PDF)
order-show-code = عرض الرمز
order-number = الرقم
order-date = التاريخ
order-refund-pending = استرداد جارٍ، { $date }
order-refund-succeeded = تم الاسترداد، { $date }
order-refund-failed = رُفض الاسترداد، { $date }
order-see-event = عرض الفعالية
order-write = مراسلة { $organizer }
order-resend = إعادة إرسال الرسالة
order-cancel = إلغاء الطلب
order-cancel-note = تعود التذاكر إلى البيع، ولا يمكن التراجع.
order-cancel-confirm = نعم، إلغاء الطلب
order-choose-again = اختيار تذاكر من جديد
ticket-status-valid = صالحة
ticket-status-used = مستعملة
ticket-status-revoked = لم تعد صالحة
ticket-code-of = رمز QR الخاص بـ{ $name }
ticket-others = تذاكر هذا الطلب
ticket-previous = التذكرة السابقة
ticket-next = التذكرة التالية
ticket-back = العودة إلى الطلب

## Finding orders again

my-upcoming = القادمة
my-past = السابقة
my-unconfirmed = أكّدوا عنوان بريدكم لتظهر هنا الطلبات المسجَّلة به.
my-empty-title = لا توجد تذاكر بعد
my-empty-text = تظهر هنا تلقائيًا الطلبات المسجَّلة بعنوانكم.
find-lead = أدخلوا العنوان الذي طلبتم به، ونرسل إليكم رابطًا لكل طلب.
find-send = إرسال الروابط
find-sent-title = راجعوا بريدكم
find-sent-text = إن وُجدت طلبات بهذا العنوان فروابطها في طريقها إليكم.

## The card page of the tests

sandbox-title = الدفع بالبطاقة
sandbox-badge = وضع التجربة
sandbox-note = لا يُخصم أي مبلغ حقيقي. هذه الصفحة بديل عن المصرف أثناء التجربة، فلا تُدخلوا بطاقة حقيقية أبدًا.
sandbox-card = رقم البطاقة
sandbox-back = العودة إلى الطلب
sandbox-cards = بطاقات التجربة
sandbox-card-ok = مقبولة
sandbox-card-ok-note = تُقبل فورًا
sandbox-card-bad = مرفوضة
sandbox-card-bad-note = يرفضها المصرف
sandbox-card-warn = متأخرة
sandbox-card-warn-note = تُقبل ويصل الخبر بعد قليل
sandbox-paid = تم هذا الدفع
sandbox-closed = أُغلق هذا الدفع
order-papers = على ورق A4 شارة تُطوى أسفل التذكرة.
order-download-small = حجم صغير (A6)
paper-a4 = ‏A4 مع شارة تُطوى
paper-a6 = ‏A6 حجم صغير
order-event-cancelled = أُلغيت الفعالية.
order-note-called-off = لم تُدفع، فلا شيء يُسترد.
