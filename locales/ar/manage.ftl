# The pages of those who organize.

## Organization

desk-menu = القائمة الرئيسية
desk-open-menu = فتح القائمة
desk-events = الفعاليات
desk-settings = الإعدادات
desk-members = الفريق
desk-public = الصفحة العامة
desk-switch = تغيير المنظمة
manage-create = إنشاء فعالية
manage-save = حفظ
manage-more = إعدادات أخرى
manage-read-only = دورك يسمح بقراءة هذه الصفحة دون تعديلها.
manage-start-title = أنشئ منظمتك
manage-start-lead = جمعية أو قاعة أو بلدية أو شركة: الجهة التي تبيع التذاكر.
manage-start-do = إنشاء المنظمة
manage-organization-name = اسم المنظمة
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
manage-contact-hint = تصل إليه الردود على رسائلك، ويراه الزوار على صفحاتك.
manage-contact-first-hint = يراه الزوار على صفحاتك، وتصل إليه ردودهم. اختر عنواناً آخر إن كان هذا خاصاً.
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
flash-organization-founded = منظمتك جاهزة. أنشئ فعاليتك الأولى.
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

## Events

desk-tab-team = الفريق
manage-team-lead = من يعمل في هذه الفعالية، إضافةً إلى مالكي المنظمة ومديريها.
manage-team-none = لا أحد بعد
manage-team-none-text = ادعُ من سيتحقق من التذاكر عند الباب: يكفي بريد إلكتروني.
manage-team-remove-sure = لن يبقى لـ { $name } أي دور في هذه الفعالية.
role-event-hint-controlleur_des_badges = يمسح التذاكر عند المدخل، ولا شيء غير ذلك.
role-event-hint-gestionnaire_des_salles = يعدّل بيانات الفعالية ويرى المبيعات ويمسح التذاكر ويدعو المراقبين.
role-event-hint-organisateur = كل شيء في هذه الفعالية: المبيعات والمبالغ المستردة والنشر.
desk-tab-overview = نظرة عامة
desk-tab-edit = البيانات
desk-tab-tickets = التذاكر والحصص
desk-tab-orders = الطلبات
desk-tab-participants = المشاركون
desk-tab-sales = المبيعات
event-badge-draft = مسودة
event-badge-published = معروضة للبيع
event-badge-active = جارية
event-badge-completed = منتهية
event-badge-cancelled = ملغاة
manage-hello = مرحباً { $name }
manage-search = الاسم أو المكان أو المدينة
manage-status = الفترة
manage-status-any = الكل
manage-status-upcoming = قادمة
manage-status-active = جارية
manage-status-completed = منتهية
manage-status-cancelled = ملغاة
manage-filter = تصفية
manage-column-event = الفعالية
manage-column-state = الحالة
manage-column-sold = التذاكر المباعة
manage-sold-of = { $sold } من { $size }
manage-quota-unlimited = { $sold } مباعة، دون حد
manage-none-text = جرّب كلمات أقل أو فترة أخرى.
manage-none-all = عرض جميع فعالياتي
manage-empty-title = لا توجد فعالية بعد
manage-empty-text = اسم وتاريخ وسعر: بضع دقائق تكفي.
manage-empty-viewer = ستظهر فعاليات الفريق هنا.
manage-create-lead = لا شيء يظهر للعموم قبل أن تنشره.
manage-create-note = يُحفظ كمسودة.
manage-create-do = إنشاء المسودة
manage-save-note = تظهر التغييرات فور حفظها.
manage-leave = الخروج دون حفظ
manage-tabs = صفحات الفعالية
manage-preview = معاينة
manage-public-page = الصفحة العامة
manage-preview-note = معاينة: هذه الصفحة يراها المنظمون وحدهم.
manage-preview-back = العودة إلى الفعالية
manage-section-basics = الأساسيات
manage-section-when = التاريخ والمكان
manage-section-ticket = أول تذكرة
manage-section-ticket-hint = يمكنك إضافة أنواع أخرى بحصصها ومواعيد بيعها.
manage-section-capacity = الأماكن
manage-section-more = إعدادات أخرى
manage-section-image = الصورة
manage-event-name = العنوان
manage-category = الفئة
manage-description = الوصف
manage-description-hint = يمكن استخدام Markdown: # عنوان، **غامق**، - قائمة، [رابط](https://…).
manage-description-preview = عرض الوصف كما سيظهر
manage-start = البداية
manage-end = النهاية
manage-location = المكان
manage-location-hint = القاعة، العنوان
manage-city = المدينة
manage-more-place = توقيت { $zone }، الإحداثيات
manage-latitude = خط العرض
manage-longitude = خط الطول
manage-coordinates-hint = تضيف رابطاً إلى الخريطة.
manage-first-ticket = السعر الكامل
manage-type-name = اسم التذكرة
manage-price = السعر ({ $currency })
manage-price-hint = 0 للتذكرة المجانية. السعر شامل الضريبة.
manage-capacity = عدد الأماكن
manage-capacity-hint = لجميع أنواع التذاكر معاً. فارغ: دون حد.
manage-to-tickets = التذاكر والحصص
manage-visibility = من يجدها
manage-visibility-public = الجميع
manage-visibility-private = من لديه الرابط
manage-visibility-hint-public = تظهر في الدليل وعلى صفحتك.
manage-visibility-hint-private = لا تظهر في أي مكان، وأنت ترسل الرابط.
manage-private-link = الرابط الخاص
manage-show-remaining = إظهار عدد الأماكن المتبقية عندما تقل
manage-event-contact-hint = حيث يمكن للجمهور المراسلة. فارغ: عنوان المنظمة.
manage-terms = شروط البيع
manage-terms-hint = تُطبع على التذاكر.
manage-gate-opens = فتح الأبواب
manage-gate-closes = إغلاق الأبواب
manage-gate-hint = خارج هذه الساعات لا تفتح التذكرة البوابة. فارغ: دائماً.
manage-event-language = لغة الفعالية
manage-currency-fixed = ثابتة بسبب التذاكر الموجودة.
manage-slug = عنوان الصفحة
manage-image = إضافة صورة
manage-image-hint = JPEG أو PNG أو WebP، بحجم 10 ميغابايت على الأكثر. الأفضل أن تكون عريضة، 1600 × 900 أو أكثر.
manage-image-again = لم تُحفظ الصورة مع البقية. اخترها من جديد.
manage-conflict = عدّل { $name } هذه الفعالية في { $when } بينما كانت مفتوحة لديك.
manage-conflict-hint = ما كتبته محفوظ أدناه. إذا حفظت فسيحل محل تلك التعديلات.
manage-conflict-see = عرض تلك النسخة
manage-facts = الفعالية
manage-change = تعديل
manage-change-name = تعديل { $name }
manage-no-dates = لا تاريخ بعد
manage-no-place = لا مكان بعد
manage-tickets = التذاكر
manage-no-types-title = لا توجد تذاكر
manage-no-types-text = أضف نوعاً واحداً، مجانياً أو مدفوعاً، لتتمكن من النشر.
manage-before = قبل النشر
manage-check-done = ، تم
manage-check-needed = ضروري للنشر
manage-check-advised = مستحسن
manage-check-dates = التواريخ محددة
manage-check-dates-missing = تحديد التواريخ
manage-check-tickets = تذكرة واحدة على الأقل
manage-check-tickets-missing = إضافة تذكرة
manage-check-place = المكان محدد
manage-check-place-missing = تحديد المكان
manage-check-description = الوصف مكتوب
manage-check-description-missing = كتابة الوصف
manage-check-image = الصورة مضافة
manage-check-image-missing = إضافة صورة
manage-publish = نشر الفعالية
manage-publish-hint = تظهر فور النشر. ويتبع البيع مواعيد كل تذكرة.
manage-publish-not = أكمل أولاً ما هو ضروري.
manage-share = انشر الخبر
manage-end-of-it = إيقاف
manage-delete = حذف المسودة
manage-delete-sure = ستُحذف الفعالية وتذاكرها نهائياً.
manage-delete-do = حذف
manage-cancel = إلغاء الفعالية
manage-cancel-hint = يتوقف البيع ويُرد المال للجميع. تعرض لك صفحة التفاصيل أولاً.
manage-cancel-title = هل تريد إلغاء هذه الفعالية؟
manage-cancel-sales = يتوقف البيع فوراً.
manage-cancel-money = يُرد ما دُفع بوسيلة الدفع نفسها.
manage-cancel-public = تُعلن الصفحة العامة أن الفعالية ملغاة.
manage-cancel-final = لا يمكن التراجع عن ذلك.
manage-cancel-do = إلغاء الفعالية
manage-cancel-keep = الإبقاء على الفعالية
manage-cancelled-note = هذه الفعالية ملغاة. تُرد الطلبات ويُبلّغ المشترون.
manage-type-more = الوصف ومواعيد البيع والحدود والضريبة والحصة
manage-type-description = توضيح
manage-sales-start = البيع ابتداءً من
manage-sales-end = البيع حتى
manage-min = الحد الأدنى لكل طلب
manage-max = الحد الأقصى لكل طلب
manage-max-person = الحد الأقصى لكل شخص
manage-tax = الضريبة المشمولة (%)
manage-type-quota = الحصة
manage-type-quota-none = أماكن الفعالية فقط
manage-type-add = إضافة تذكرة
manage-type-add-do = إضافة هذه التذكرة
manage-type-change-hint = الطلبات السابقة تحتفظ بسعرها.
manage-type-remove = إزالة هذه التذكرة
manage-type-remove-hint = ممكن ما دام لم يطلبها أحد. وإلا فحدد نهاية للبيع.
manage-type-remove-sure = لن تُباع «{ $name }» بعد ذلك.
manage-move-up = تحريك { $name } إلى الأعلى
manage-move-down = تحريك { $name } إلى الأسفل
manage-quotas = الحصص
manage-quotas-hint = تحدّ الحصة نوعاً أو عدة أنواع معاً، مثل الشرفة أو البيع المسبق.
manage-quota-event = عدد أماكن الفعالية، ويُعدّل في البيانات.
manage-quota-name = الاسم
manage-quota-size = الأماكن
manage-quota-add = إضافة حصة
manage-quota-add-do = إضافة هذه الحصة
flash-event-created = المسودة جاهزة. راجعها ثم انشرها.
flash-event-saved = تم حفظ الفعالية.
flash-event-published = تم نشر الفعالية.
flash-event-incomplete = لا يزال هناك ما ينقص قبل النشر.
flash-event-deleted = تم حذف المسودة.
flash-event-has-orders = توجد طلبات: ألغِ الفعالية بدلاً من حذفها.
flash-event-cancelled = تم إلغاء الفعالية. المبالغ المستردة في الطريق.
flash-type-added = تمت إضافة التذكرة.
flash-type-saved = تم حفظ التذكرة.
flash-type-removed = تمت إزالة التذكرة.
flash-type-has-orders = لهذه التذكرة طلبات فتبقى. يمكنك إيقاف بيعها.
flash-quota-added = تمت إضافة الحصة.
flash-quota-saved = تم حفظ الحصة.
flash-quota-removed = تمت إزالة الحصة.
flash-quota-used = هذه الحصة مستخدمة في تذكرة فتبقى.

manage-events-count = { $count ->
    [zero] لا فعاليات
    [one] فعالية واحدة
    [two] فعاليتان
    [few] { $count } فعاليات
    [many] { $count } فعالية
   *[other] { $count } فعالية
}
manage-sold = { $count ->
    [zero] لم يُبع شيء
    [one] تذكرة مباعة
    [two] تذكرتان مباعتان
    [few] { $count } تذاكر مباعة
    [many] { $count } تذكرة مباعة
   *[other] { $count } تذكرة مباعة
}
manage-left = { $count ->
    [zero] لم يبق شيء
    [one] بقي مكان واحد
    [two] بقي مكانان
    [few] بقيت { $count } أماكن
    [many] بقي { $count } مكاناً
   *[other] بقي { $count } مكان
}
manage-places = { $count ->
    [zero] لا أماكن
    [one] مكان واحد
    [two] مكانان
    [few] { $count } أماكن
    [many] { $count } مكاناً
   *[other] { $count } مكان
}
manage-cancel-tickets = { $count ->
    [zero] لا تذاكر مباعة.
    [one] تُلغى تذكرة واحدة ويُبلّغ صاحبها بالبريد.
    [two] تُلغى تذكرتان ويُبلّغ أصحابهما بالبريد.
    [few] تُلغى { $count } تذاكر ويُبلّغ الجميع بالبريد.
    [many] تُلغى { $count } تذكرة ويُبلّغ الجميع بالبريد.
   *[other] تُلغى { $count } تذكرة ويُبلّغ الجميع بالبريد.
}
