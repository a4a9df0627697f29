# The pages of the gate.

gate-title = فحص التذاكر
gate-lead = اختاروا الفعالية التي تقفون على بابها.
gate-name = المدخل
gate-name-hint = البوابة الشمالية
gate-no-name = الفحص
gate-way = الاتجاه
gate-way-entry = دخول
gate-way-exit = خروج
gate-way-entry-switch = التبديل إلى الدخول
gate-way-exit-switch = التبديل إلى الخروج
gate-start = بدء
gate-none-title = لا مدخل لكم بعد
gate-none-text = يجب أن يمنحكم منظّم دور مراقب في فعالية منشورة.
gate-leave = مغادرة
gate-offline = لا شبكة، تُعاد المحاولة
gate-camera = الكاميرا
gate-camera-start = تشغيل الكاميرا
gate-camera-denied = لا كاميرا. أدخلوا الرمز أدناه أو ابحثوا بالاسم.
gate-aim = وجّهوا الكاميرا إلى رمز QR على التذكرة أو الشارة
gate-torch = تشغيل المصباح
gate-ready = جاهز للتالي
gate-granted = الدخول مقبول
gate-granted-exit = سُجّل الخروج
gate-already_used = سبق الدخول
gate-already_used-note = استُعملت هذه التذكرة من قبل.
gate-payment_required = غير مدفوع
gate-payment_required-note = يوجد طلب لكنه غير مدفوع.
gate-unknown = تذكرة غير معروفة
gate-unknown-note = ليست من تذاكرنا. أعيدوا المحاولة أو ابحثوا بالاسم.
gate-revoked = تذكرة ملغاة
gate-revoked-note = استُردّت التذكرة أو أُلغيت أو أُصدرت من جديد.
gate-other_event = فعالية أخرى
gate-other_event-note = التذكرة صالحة لكن ليس هنا.
gate-event_not_open = غير مفتوح
gate-event_not_open-note = الدخول غير مفتوح في هذا الوقت.
gate-not_inside = ليس في الداخل
gate-not_inside-note = لم يدخل أحد بهذه التذكرة.
gate-first-time = أول مرور
gate-found = { $count ->
    [zero] لا تذاكر
    [one] تذكرة واحدة
    [two] تذكرتان
    [few] { $count } تذاكر
    [many] { $count } تذكرة
   *[other] { $count } تذكرة
}
gate-found-none = لا أحد بهذا الاسم لديه تذكرة.
gate-let-in = إدخال
gate-let-out = إخراج
gate-type = رمز تذكرة أو شارة
gate-type-hint = ماسح أو لوحة مفاتيح
gate-check = فحص
gate-search = البحث عن مشارك
gate-search-hint = الاسم أو البريد أو الرمز
gate-entered = دخلوا من أصل { $valid }
gate-last = آخر عمليات الفحص
gate-last-none = لا شيء بعد.
gate-somebody = غير معروف
