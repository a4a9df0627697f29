# What organizers read of the sales of an event: figures, orders, participants.

## Sales

sales-title = المبيعات
sales-crumbs = مسار التصفح
sales-moment = { $date }، { $time }
sales-export = تصدير
sales-export-orders = الطلبات
sales-export-participants = المشاركون
sales-export-payments = المدفوعات
sales-of = من { $whole }
sales-unlimited = دون حد
sales-sold = التذاكر المبيعة
sales-held = { $count ->
    [zero] لا تذاكر بانتظار الدفع
    [one] تذكرة واحدة بانتظار الدفع
    [two] تذكرتان بانتظار الدفع
    [few] { $count } تذاكر بانتظار الدفع
    [many] { $count } تذكرة بانتظار الدفع
   *[other] { $count } تذكرة بانتظار الدفع
}
sales-left = المتبقية
sales-left-note = ما زالت للبيع
sales-revenue = الإيرادات
sales-revenue-note = المدفوع ناقص المسترد
sales-entered = الداخلون
sales-at = محدَّثة في
sales-by-day = التذاكر في اليوم
sales-chart = التذاكر المبيعة في اليوم، من { $first } إلى { $last }
sales-online = عبر الإنترنت
sales-by-hand = يدويًا
sales-see-figures = عرض الأرقام
sales-day = اليوم
sales-value = الإيرادات
sales-by-type = حسب فئة التذاكر
sales-sold-short = المبيعة
sales-sold-of = { $type }، المبيعة
sales-held-short = بانتظار الدفع
sales-other = مبالغ قيد الاسترداد أو مستردة دون تذاكر
sales-no-types = لا شيء للبيع بعد
sales-no-types-text = أضيفوا فئة تذاكر أولى: ستظهر مبيعاتها هنا.
sales-no-types-action = إضافة فئة تذاكر
sales-notify = الإشعار بالمبيعات
sales-notify-to = تُرسل الرسائل إلى عنوان الاتصال:
sales-notify-nobody = ليس للمنظمة عنوان اتصال: لا يمكن إرسال أي رسالة.
sales-notify-settings = فتح الإعدادات
sales-notify-wanted = إرسال رسالة عند كل عملية بيع عبر الإنترنت
sales-notify-save = حفظ
flash-sales-notified = ستُرسل رسالة عند كل عملية بيع.
flash-sales-not-notified = لن تُرسل أي رسالة عند البيع بعد الآن.

## Lists

sales-search = بحث
sales-filter = تصفية
sales-all-statuses = كل الحالات
sales-range = { $from } إلى { $to } من { $count }
sales-range-capped = { $from } إلى { $to } من أكثر من { $count }
sales-nothing-found = لا نتائج
sales-nothing-found-text = تحققوا من الكتابة، أو أزيلوا أحد المرشحات.
sales-show-all = عرض الكل
orders-title = الطلبات
orders-search = الاسم أو البريد الإلكتروني أو رقم الطلب
orders-tickets = التذاكر
orders-count = { $count ->
    [zero] لا تذاكر
    [one] تذكرة واحدة
    [two] تذكرتان
    [few] { $count } تذاكر
    [many] { $count } تذكرة
   *[other] { $count } تذكرة
}
orders-none = لا طلبات حتى الآن
orders-none-text = شاركوا صفحة الفعالية: ستصل الطلبات إلى هنا.
orders-none-action = عرض صفحة الفعالية
channel-door = عند المدخل
channel-complimentary = دعوة مجانية
participants-title = المشاركون
participants-add = إضافة
participants-search = الاسم أو البريد الإلكتروني أو رمز التذكرة
participants-all-types = كل الفئات
participants-name = الاسم
participants-ticket = التذكرة
participants-none = لا مشاركين حتى الآن
participants-none-text = تضيف كل تذكرة تُباع سطرًا إلى هذه القائمة.
holder-status-valid = منتظَر
holder-status-used = دخل
holder-status-revoked = مسترجعة

## One order

desk-order-print = التذاكر PDF
desk-order-refund = استرداد…
desk-order-rename = تصحيح الاسم
desk-order-rename-note = تُصدر التذكرة من جديد: يتوقف رمز QR القديم عن العمل، ويُرسل الجديد إلى المشتري بالبريد الإلكتروني.
desk-order-rename-confirm = إعادة إصدار التذكرة
desk-order-money = المدفوعات والمبالغ المستردة
desk-order-refund-row = استرداد
desk-order-refund-by-hand = أُعيد باليد
refund-status-pending = قيد التنفيذ
refund-status-succeeded = تم الاسترداد
refund-status-failed = مرفوض
refund-reason-event_cancelled = أُلغيت الفعالية
refund-reason-unwanted = دفعة متأخرة أو مكررة
pay-method-door = عند المدخل
tender-cash = نقدًا
tender-card_terminal = جهاز البطاقات
tender-complimentary = دعوة مجانية
desk-order-history = السجل
desk-order-acts = الإجراءات
desk-order-no-email = دون بريد إلكتروني
desk-order-until = الأماكن محجوزة حتى
desk-order-resend = إعادة إرسال التذاكر
desk-order-resend-note = تُرسل رسالة التذاكر من جديد إلى
desk-order-resend-confirm = إعادة إرسال الرسالة
desk-order-email = تصحيح البريد الإلكتروني
desk-order-email-add = إضافة بريد إلكتروني
desk-order-email-note = تُرسل التذاكر إلى العنوان الجديد، ولا يعود الطلب مرتبطًا بالعنوان القديم.
desk-order-email-confirm = تصحيح العنوان
flash-order-corrected = صُحّح العنوان.
flash-order-readdressed = صُحّح العنوان، والتذاكر في طريقها إليه.
flash-ticket-renamed = أُعيد إصدار التذكرة، والرمز الجديد في طريقه.

## History

deed-placed = قُدّم الطلب عبر الإنترنت
deed-paid = صدرت التذاكر
deed-expired = انتهت مهلة الدفع
deed-cancelled = أُلغي الطلب
deed-refunded = { $count ->
    [zero] استرداد { $amount } دون استرجاع تذاكر
    [one] استرداد { $amount } واسترجاع تذكرة واحدة
    [two] استرداد { $amount } واسترجاع تذكرتين
    [few] استرداد { $amount } واسترجاع { $count } تذاكر
    [many] استرداد { $amount } واسترجاع { $count } تذكرة
   *[other] استرداد { $amount } واسترجاع { $count } تذكرة
}
deed-refund_failed = رُفض استرداد { $amount }؛ تبقى التذاكر صالحة
deed-unwanted = دفعة زائدة قدرها { $amount } أُعيدت تلقائيًا
deed-entered-cash = أُدخل يدويًا ودُفع نقدًا
deed-entered-card_terminal = أُدخل يدويًا ودُفع عبر جهاز البطاقات
deed-entered-complimentary = أُدخلت دعوة مجانية يدويًا
deed-email-corrected = صُحّح العنوان: من { $from } إلى { $to }
deed-email-added = أُضيف العنوان: { $to }
deed-renamed = أُعيد إصدار التذكرة { $ticket }: من { $from } إلى { $to }
deed-email-forgotten = صُحّح العنوان
deed-renamed-forgotten = أُعيد إصدار التذكرة { $ticket } باسم آخر

## Refunds

refund-title = استرداد المبلغ
desk-order-take-back = استرجاع تذاكر…
refund-title-free = استرجاع التذاكر
refund-what-free = ما الذي يُسترجع؟
refund-review-free = مراجعة
refund-keep-free = الإبقاء على التذاكر
refund-all-free = { $count ->
    [zero] لا تذاكر.
    [one] تُسترجع التذكرة.
    [two] تُسترجع التذكرتان.
    [few] تُسترجع { $count } تذاكر.
    [many] تُسترجع { $count } تذكرة.
   *[other] تُسترجع { $count } تذكرة.
}
refund-left = المتبقي للاسترداد: { $amount }
refund-what = ما الذي يُسترد؟
refund-all = الطلب كله
refund-all-note = { $count ->
    [zero] يُرد كل ما تبقى.
    [one] تُسترجع التذكرة ويُرد كل ما تبقى.
    [two] تُسترجع التذكرتان ويُرد كل ما تبقى.
    [few] تُسترجع { $count } تذاكر ويُرد كل ما تبقى.
    [many] تُسترجع { $count } تذكرة ويُرد كل ما تبقى.
   *[other] تُسترجع { $count } تذكرة ويُرد كل ما تبقى.
}
refund-tickets = بعض التذاكر
refund-tickets-note = لن تفتح المدخل بعد ذلك، وتعود أماكنها للبيع.
refund-amount = مبلغ فقط
refund-amount-note = تبقى التذاكر صالحة.
refund-amount-label = المبلغ بـ { $currency }
refund-amount-hint = للتذاكر اتركوه فارغًا: هو ثمنها.
refund-reason = السبب
refund-reason-hint = يجده فريقكم في السجل.
refund-suggested = المبلغ المسترد:
refund-review = مراجعة الاسترداد
refund-keep = عدم الاسترداد
refund-confirm-title = تأكيد الاسترداد
refund-amount-total = المبلغ المسترد
refund-confirm-tickets = { $count ->
    [zero] لن تُسترجع أي تذكرة.
    [one] لن تفتح تذكرة واحدة المدخل بعد الآن. هذا نهائي.
    [two] لن تفتح تذكرتان المدخل بعد الآن. هذا نهائي.
    [few] لن تفتح { $count } تذاكر المدخل بعد الآن. هذا نهائي.
    [many] لن تفتح { $count } تذكرة المدخل بعد الآن. هذا نهائي.
   *[other] لن تفتح { $count } تذكرة المدخل بعد الآن. هذا نهائي.
}
refund-confirm-online = يعود المبلغ بوسيلة الدفع نفسها، ويتلقى المشتري رسالة.
refund-confirm-by-hand = دُفع عند المدخل: أعيدوا المبلغ إلى المشتري بأنفسكم. يكتفي Parvis بتسجيل ذلك.
refund-confirm-button = استرداد { $amount }
refund-confirm-tickets-button = { $count ->
    [zero] استرجاع التذاكر
    [one] استرجاع التذكرة
    [two] استرجاع التذكرتين
    [few] استرجاع { $count } تذاكر
    [many] استرجاع { $count } تذكرة
   *[other] استرجاع { $count } تذكرة
}
flash-refund-done = تم الاسترداد.
flash-refund-pending = الاسترداد جارٍ؛ لم يرد البنك بعد.
flash-refund-failed = رفض البنك الاسترداد: تبقى التذاكر صالحة.

## Orders entered by hand

by-hand-enter = إدخال طلب
by-hand-title = إدخال طلب
by-hand-note = بيع عند المدخل أو دعوة: تصدر التذاكر فورًا.
by-hand-left = { $count ->
    [zero] لا أماكن
    [one] مكان واحد متبقٍّ
    [two] مكانان متبقيان
    [few] { $count } أماكن متبقية
    [many] { $count } مكانًا متبقيًا
   *[other] { $count } مكان متبقٍّ
}
by-hand-none-left = نفدت
by-hand-email-hint = تُرسل إليه التذاكر. عند المدخل يمكن تركه فارغًا وطباعة ملف PDF.
by-hand-names = تسمية كل تذكرة
by-hand-tender = الدفع
by-hand-hint-cash = تتسلمونه بأنفسكم بسعر الفئة.
by-hand-hint-card_terminal = يُدفع عبر جهازكم.
by-hand-hint-complimentary = لا شيء للدفع. اذكروا البريد الإلكتروني والسبب.
by-hand-reason = سبب الدعوة
by-hand-reason-hint = صحافة، شريك، فريق…
by-hand-due = المبلغ المستحق
by-hand-confirm = إصدار التذاكر
by-hand-back = العودة إلى الطلبات
flash-order-entered = صدرت التذاكر: اطبعوها من هنا.
flash-order-entered-sent = صدرت التذاكر وأُرسلت.
