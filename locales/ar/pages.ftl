# The pages that everybody sees, and what all pages share.

## Every page

page-skip = الانتقال إلى المحتوى
page-events = الفعاليات
page-my = تذاكري
page-manage = منظمتي
page-scan = فحص التذاكر
page-profile = ملفي الشخصي
page-account = حسابي
page-login = تسجيل الدخول
page-logout = تسجيل الخروج
page-language = اللغة
page-organize = تنظيم فعالية
page-find = العثور على طلباتي
page-api = واجهة البرمجة API
page-crumbs = مسار الصفحة
pager-label = الصفحات
pager-previous = الصفحة السابقة
pager-next = الصفحة التالية

## Forms

form-optional = (اختياري)
form-summary = { $count ->
    [zero] لا شيء يحتاج إلى مراجعة.
    [one] أمر واحد يحتاج إلى مراجعة.
    [two] أمران يحتاجان إلى مراجعة.
    [few] { $count } أمور تحتاج إلى مراجعة.
    [many] { $count } أمرًا يحتاج إلى مراجعة.
   *[other] { $count } أمر يحتاج إلى مراجعة.
}

## Failures

problem-page-not_found-title = هذه الصفحة غير موجودة
problem-page-forbidden-title = هذه الصفحة غير متاحة لكم
problem-page-session-title = انتهت جلستك
problem-page-too_many-title = طلبات كثيرة جدًا
problem-page-ours-title = حدث خلل من جهتنا
problem-page-refused-title = لم ينجح ذلك
problem-page-home = عرض الفعاليات
problem-page-status = الرمز { $status }
problem-page-request = الرقم

## The catalogue

catalogue-title = فعاليات قريبة منكم
catalogue-heading = كل شيء يبدأ من الساحة.
catalogue-lead = حفلات ومهرجانات ومؤتمرات وورشات: اختاروا الموعد، وتصلكم التذكرة بالبريد الإلكتروني.
catalogue-organizer = الجهة المنظِّمة
catalogue-what = ماذا
catalogue-what-hint = العنوان أو الفنان أو الموضوع
catalogue-where = أين
catalogue-when = متى
catalogue-when-any = أي موعد
catalogue-when-today = اليوم
catalogue-when-weekend = نهاية هذا الأسبوع
catalogue-when-week = الأيام السبعة القادمة
catalogue-when-month = الأيام الثلاثون القادمة
catalogue-search = بحث
catalogue-categories = الأصناف
catalogue-all = الكل
catalogue-free = مجاني
catalogue-free-or-not = مجاني أو مدفوع
catalogue-from = ابتداءً من { $price }
catalogue-count = { $count ->
    [zero] لا توجد فعاليات
    [one] فعالية واحدة
    [two] فعاليتان
    [few] { $count } فعاليات
    [many] { $count } فعالية
   *[other] { $count } فعالية
}
catalogue-none-title = لا توجد نتائج
catalogue-none-text = جرّبوا كلمات أقل أو مدينة أخرى أو موعدًا آخر.
catalogue-none-all = عرض كل الفعاليات
catalogue-empty-title = لا توجد فعاليات بعد
catalogue-empty-text = قد تكون الأولى فعاليتكم.

## One event

event-status-cancelled = ملغاة
event-status-completed = منتهية
event-sold-out = نفدت التذاكر
event-by = تنظيم
event-your-time = بتوقيتكم: { $when }
event-add-to-calendar = إضافة إلى التقويم
event-map = عرض الخريطة
event-ticket-form = التذكرة على الهاتف أو على الورق
event-contact = لديكم سؤال؟ اكتبوا إلى الجهة المنظِّمة.
event-about = عن الفعالية
event-terms = شروط البيع
event-share = مشاركة
event-shared = تم نسخ الرابط
event-from = ابتداءً من
event-choose = اختيار تذاكري
event-tickets = التذاكر
event-quantity = العدد، { $name }
event-less = إنقاص تذكرة، { $name }
event-more = إضافة تذكرة، { $name }
event-count = عدد التذاكر: { $count }
event-book = حجز
event-no-fee = لا رسوم إضافية. الدفع في الخطوة التالية.
event-cancelled-note = لن تُقام هذه الفعالية. أُبلغ حاملو التذاكر بالبريد الإلكتروني.
event-closed = لا توجد تذاكر معروضة للبيع حاليًا.
event-sale-from = يبدأ البيع { $when }
event-sale-ended = انتهى البيع
event-few-left = { $count ->
    [zero] لم يبق شيء
    [one] بقي مكان واحد
    [two] بقي مكانان
    [few] بقيت { $count } أماكن
    [many] بقي { $count } مكانًا
   *[other] بقي { $count } مكان
}
