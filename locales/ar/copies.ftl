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
manage-status-template = النماذج
event-badge-template = نموذج
manage-template-keep = حفظ كنموذج
manage-template-use-short = إنشاء فعالية
manage-template-use = إنشاء فعالية من هذا النموذج
manage-template-lead = لا يرى النموذج أحد خارج فريقك، ولا يُباع منه شيء. تبدأ الفعاليات المنشأة منه مسودات ولا تتغير معه بعد ذلك.
manage-template-all = كل النماذج
manage-template-delete = حذف النموذج
manage-template-delete-sure = يُحذف النموذج نهائيًا. تبقى الفعاليات التي أُنشئت منه.
manage-templates-none-title = لا نماذج بعد
manage-templates-none-text = افتح فعالية واحفظها كنموذج: يُستعمل محتواها وملفاتها وتذاكرها وحصصها لإنشاء غيرها.
manage-from-template = البدء من نموذج
flash-event-template = حُفظ النموذج. أنشئ منه فعاليات متى شئت.
problem-events-template = هذا نموذج: أنشئ منه فعالية ثم انشرها.
event-other-dates =
    { $count ->
        [zero] لا تواريخ أخرى
        [one] تاريخ آخر
        [two] تاريخان آخران
        [few] { $count } تواريخ أخرى
        [many] { $count } تاريخًا آخر
       *[other] { $count } تاريخ آخر
    }
flash-template-deleted = حُذف النموذج.
