manage-duplicate = إعادة هذه الفعالية
manage-duplicate-lead = مسودة بالمحتوى والملفات والتذاكر والحصص نفسها. تبقى الطلبات والفريق والرابط الخاص هنا.
manage-duplicate-start = البداية
manage-duplicate-start-hint = بتوقيت { $zone }. تنتقل معها النهاية والبيع والمراقبة.
manage-duplicate-do = إنشاء المسودات
manage-rhythm = التكرار
manage-rhythm-once = تاريخ واحد
manage-rhythm-daily = كل يوم
manage-rhythm-weekly = كل أسبوع
manage-rhythm-fortnightly = كل أسبوعين
manage-rhythm-monthly = كل شهر
manage-rhythm-count = عدد التواريخ
manage-series = عرض التواريخ الأخرى للزوار
flash-event-copied = أُنشئت المسودة. راجعها ثم انشرها.
flash-events-copied = أُنشئت المسودات. راجعها ثم انشرها.
event-other-dates =
    { $count ->
        [zero] لا تواريخ أخرى
        [one] تاريخ آخر
        [two] تاريخان آخران
        [few] { NUMBER($count) } تواريخ أخرى
        [many] { NUMBER($count) } تاريخًا آخر
       *[other] { NUMBER($count) } تاريخ آخر
    }
