# The pages of those who organize.

## Organization

desk-menu = القائمة الرئيسية
desk-open-menu = فتح القائمة
desk-events = الفعاليات
desk-settings = الإعدادات
desk-members = الفريق
desk-public = الصفحة العامة
desk-switch = تغيير المؤسسة
manage-create = إنشاء فعالية
manage-save = حفظ
manage-more = إعدادات أخرى
manage-read-only = دورك يسمح بقراءة هذه الصفحة دون تعديلها.
manage-start-title = أنشئ مؤسستك
manage-start-lead = جمعية أو قاعة أو بلدية أو شركة: الجهة التي تبيع التذاكر.
manage-start-do = إنشاء المؤسسة
manage-organization-name = اسم المؤسسة
manage-organization-name-hint = يظهر على فعالياتك وعلى التذاكر.
manage-organization-slug = عنوان صفحتك
manage-slug-hint = بعد { $address }: أحرف لاتينية صغيرة وأرقام وشرطات. إذا تُرك فارغاً يُشتق من الاسم.
manage-country = البلد
manage-country-hint = تُستنتج منه العملة والمنطقة الزمنية، ويمكنك اختيار غيرهما.
manage-by-country = حسب البلد
manage-currency = العملة
manage-currency-hint = للفعاليات التي تُنشأ من الآن فصاعداً.
manage-locale = اللغة
manage-timezone = المنطقة الزمنية
manage-timezone-hint = يمكن أن يكون لكل فعالية منطقتها.
manage-contact = عنوان الاتصال
manage-contact-hint = تصل إليه الردود على رسائلك.
manage-settings-address = صفحتك:
manage-members-lead = من يُعدّ الفعاليات معك.
manage-invitations = دعوات قيد الانتظار
manage-invitation-until = حتى { $date }
manage-invitation-revoke = سحب
manage-remove = إزالة
manage-remove-sure = لن يتمكن { $name } من الوصول إلى فعالياتك.
manage-invite-title = دعوة شخص
manage-invite-role = الدور
manage-invite-do = إرسال الدعوة
manage-invite-hint = رابط الدعوة صالح لمدة 14 يوماً.
role-hint-admin = كل شيء، بما في ذلك الإعدادات والفريق.
role-hint-sales = يرى الفعاليات ويهتم بالعملاء.
role-hint-operator = يرى الفعاليات ويساعد في الموقع.
role-hint-viewer = يرى الفعاليات دون تغيير أي شيء.
flash-organization-founded = مؤسستك جاهزة. أنشئ فعاليتك الأولى.
flash-settings-saved = تم حفظ الإعدادات.
flash-invitation-sent = تم إرسال الدعوة.
flash-invitation-revoked = تم سحب الدعوة.
flash-member-removed = لم يعد هذا الشخص ضمن الفريق.

## Countries

country-AE = الإمارات العربية المتحدة
country-AT = النمسا
country-AU = أستراليا
country-BE = بلجيكا
country-BF = بوركينا فاسو
country-BH = البحرين
country-BJ = بنين
country-CA = كندا
country-CD = جمهورية الكونغو الديمقراطية
country-CH = سويسرا
country-CI = ساحل العاج
country-CM = الكاميرون
country-DE = ألمانيا
country-DK = الدنمارك
country-DZ = الجزائر
country-EG = مصر
country-ES = إسبانيا
country-FI = فنلندا
country-FR = فرنسا
country-GA = الغابون
country-GB = المملكة المتحدة
country-GN = غينيا
country-GR = اليونان
country-IE = أيرلندا
country-IQ = العراق
country-IT = إيطاليا
country-JO = الأردن
country-KW = الكويت
country-LB = لبنان
country-LU = لوكسمبورغ
country-LY = ليبيا
country-MA = المغرب
country-MC = موناكو
country-MG = مدغشقر
country-ML = مالي
country-MR = موريتانيا
country-NE = النيجر
country-NL = هولندا
country-NO = النرويج
country-OM = عُمان
country-PL = بولندا
country-PT = البرتغال
country-QA = قطر
country-SA = المملكة العربية السعودية
country-SE = السويد
country-SN = السنغال
country-TG = توغو
country-TN = تونس
country-TR = تركيا
country-US = الولايات المتحدة

manage-members-count = { $count ->
    [zero] لا أحد
    [one] شخص واحد
    [two] شخصان
    [few] { $count } أشخاص
    [many] { $count } شخصاً
   *[other] { $count } شخص
}
