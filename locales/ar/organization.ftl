# المنظمة: الإعدادات والفريق والمفاتيح والسجل والنهاية.

settings-tabs = إعدادات المنظمة
settings-tab-general = عام
settings-tab-keys = مفاتيح الواجهة البرمجية
settings-tab-audit = سجل الأفعال
settings-tab-closing = الحذف
desk-suspended = هذه المنظمة موقوفة: لا يباع شيء ولا يُعرض شيء. السبب: { $reason }
desk-closing = ستُحذف هذه المنظمة: لا يباع شيء ولا يُعرض شيء.
desk-closing-see = عرض
manage-public-title = الصفحة العامة
manage-about = تعريف
manage-about-hint = بضع جمل في الصفحة العامة للمنظمة.
manage-website = الموقع الإلكتروني
manage-color = اللون
manage-color-hint = ستة أرقام ست عشرية، مثل ‎#0f4c5c. تأخذه صفحاتكم العامة، ويبقى النص مقروءًا نهارًا وليلًا.
manage-logo = الشعار
manage-logo-hint = JPEG أو PNG أو WebP، ‏10 ميغابايت على الأكثر. يظهر في الصفحة العامة للمنظمة.
manage-member-change = تغيير
manage-role-of = دور { $name }
manage-role-save = منح هذا الدور
manage-role-lead = لا يجعل مالكًا إلا مالك. ويبقى آخر مالك.
manage-me = أنتم
manage-member-leave = مغادرة المنظمة
manage-member-leave-sure = لن يبقى لكم وصول إلى هذه المنظمة.
manage-hand-over = تسليم المنظمة
manage-hand-over-lead = يصبح { $name } مالكًا مكانكم، وتبقون مديرًا. تصل رسالة إلى المالكين.
manage-hand-over-do = تسليم
manage-password-again = كلمة مروركم
manage-password-why = للتأكد من أنكم أنتم.
flash-role-changed = تغيّر الدور.
flash-handed-over = سُلّمت المنظمة. أنتم الآن مدير.
flash-key-revoked = أُلغي المفتاح.
flash-closing-asked = ستُحذف المنظمة. يمكنكم الإبقاء عليها حتى ذلك الحين.
flash-organization-kept = تبقى المنظمة.

## المفاتيح

keys-lead = بالمفتاح يعمل برنامج في هذه المنظمة: موقع شريك أو بوابة أو لوحة متابعة.
keys-count = { $count ->
    [zero] لا مفتاح
    [one] مفتاح واحد
    [two] مفتاحان
    [few] { $count } مفاتيح
    [many] { $count } مفتاحًا
   *[other] { $count } مفتاح
}
keys-none = لا مفتاح بعد. تبيّن وثائق الواجهة البرمجية ما يستطيعه برنامج.
keys-new = مفتاح جديد
keys-name = لأي غرض؟
keys-name-hint = مثلًا: بوابات القاعة الكبرى
keys-scopes = ما يسمح به
keys-until = آخر يوم
keys-make = إنشاء المفتاح
keys-made = المفتاح «{ $name }» جاهز
keys-made-lead = انسخوه الآن: لن يُعرض مرة أخرى.
keys-made-before = عُرض هذا المفتاح من قبل. إن فقدتموه فألغوه وأنشئوا غيره.
keys-secret = المفتاح
keys-copy = نسخ
keys-copied = نُسخ
keys-since = أُنشئ في { $date }
keys-used = استُعمل في { $at }
keys-unused = لم يُستعمل قط
keys-ends = حتى { $date }
keys-over = انتهى
keys-revoked = أُلغي في { $date }
keys-revoke = إلغاء
keys-revoke-sure = تتوقف فورًا البرامج التي تستعمل «{ $name }». لا رجوع عن ذلك.
key-scope-organization-read = رؤية المنظمة وفريقها
key-scope-events-read = رؤية الفعاليات، والمسودات أيضًا
key-scope-events-write = إنشاء الفعاليات والتذاكر والحصص وتعديلها ونشرها
key-scope-sales-read = رؤية الطلبات والمشاركين والأرقام
key-scope-sales-write = إدخال الطلبات وتصحيحها وإلغاؤها وردّ مبالغها
key-scope-checkin = مراقبة التذاكر عند المدخل

## سجل الأفعال

audit-lead = ما جرى في المنظمة، ومن قام به. لا يُعدَّل فيه شيء ولا يُمحى.
audit-filter-area = بشأن
audit-filter-actor = من طرف
audit-filter-since = من
audit-filter-until = إلى
audit-filter-any = الكل
audit-filter-anybody = الجميع
audit-filter-do = تصفية
audit-filter-clear = عرض الكل
audit-count = { $count ->
    [zero] لا شيء
    [one] سطر واحد
    [two] سطران
    [few] { $count } أسطر
    [many] { $count } سطرًا
   *[other] { $count } سطر
}
audit-count-more = أكثر من { $count } سطر
audit-none = لم يجرِ شيء بعد
audit-none-lead = يُسجَّل هنا ما يقوم به الأعضاء، ولا يمحوه شيء.
audit-empty = لا شيء يطابق
audit-empty-lead = وسّعوا التواريخ أو أزيلوا مرشِّحًا.
audit-earlier = الأقدم
audit-latest = العودة إلى الأحدث
audit-installation = المنصة
audit-unknown = شخص لم يعد معروفًا
audit-see-event = عرض الفعالية
audit-when = متى
audit-who = من
audit-what = ماذا
audit-area-organization = المنظمة
audit-area-membership = الفريق
audit-area-invitation = الدعوات
audit-area-assignment = الأدوار في الفعاليات
audit-area-api_key = مفاتيح الواجهة
audit-area-event = الفعاليات
audit-area-ticket_type = أنواع التذاكر
audit-area-quota = الحصص
audit-area-order = الطلبات
audit-area-access = المدخل
audit-area-person = الأشخاص
audit-area-session = الجلسات
audit-organization-change = تغيّرت الإعدادات
audit-organization-logo = تغيّر الشعار
audit-organization-suspend = أوقفت المنظمة
audit-organization-resume = رُفع الإيقاف
audit-organization-close_asked = طُلب الحذف
audit-organization-close_cancelled = أُلغي الحذف
audit-organization-import = نُقلت المنظمة من منصة أخرى
audit-membership-give = مُنح دور
audit-membership-change = تغيّر دور
audit-membership-take = سُحب دور
audit-membership-hand_over = سُلّمت المنظمة
audit-invitation-send = أُرسلت دعوة
audit-invitation-revoke = سُحبت دعوة
audit-invitation-accept = قُبلت دعوة
audit-assignment-give = مُنح دور في فعالية
audit-assignment-take = سُحب دور في فعالية
audit-api_key-create = أُنشئ مفتاح
audit-api_key-revoke = أُلغي مفتاح
audit-event-create = أُنشئت فعالية
audit-event-change = عُدّلت فعالية
audit-event-publish = نُشرت فعالية
audit-event-cancel = أُلغيت فعالية
audit-event-delete = حُذفت فعالية
audit-event-template = حُفظت فعالية كنموذج
audit-event-duplicate = نُسخت فعالية
audit-event-export = صُدّرت بيانات
audit-event-notify_sales = ضُبطت إشعارات البيع
audit-event-go_live = بدأ البيع الفعلي للفعالية
audit-event-test_mode = بدأ وضع التجربة
audit-event-postpone = أُجّلت فعالية
audit-event-invite_guests = دُعي ضيوف
audit-event-revoke_guest = سُحبت دعوة ضيف
audit-ticket_type-create = أُنشئ نوع تذكرة
audit-ticket_type-change = عُدّل نوع تذكرة
audit-ticket_type-delete = حُذف نوع تذكرة
audit-ticket_type-move = نُقل نوع تذكرة
audit-quota-create = أُنشئت حصة
audit-quota-change = عُدّلت حصة
audit-quota-delete = حُذفت حصة
audit-order-enter = أُدخل طلب
audit-order-cancel = أُلغي طلب
audit-order-refund = رُدّ مبلغ طلب
audit-order-refund_failed = فشل رد مبلغ
audit-order-unwanted_payment = وصل دفع غير منتظر
audit-order-correct_email = صُحّح عنوان المشتري
audit-order-rename_holder = صُحّح اسم على تذكرة
audit-person-erase = مُحيت بيانات شخص
audit-session-end = أُنهيت جلسة
audit-session-end_others = أُنهيت الجلسات الأخرى
audit-session-stolen = أُنهيت جلسة: أُعيد استعمال رمز
audit-detail-code = الطلب
audit-detail-what = الملف
audit-detail-name = الاسم
audit-detail-from = من
audit-detail-to = إلى
audit-detail-role = الدور
audit-detail-reason = السبب
audit-detail-price = السعر
audit-detail-size = الحجم
audit-detail-amount = المبلغ
audit-detail-total = المجموع
audit-detail-colon = :
manage-back = رجوع

## النهاية

closing-lead = تزول المنظمة مع فعالياتها وطلباتها وأرقامها وملفاتها. تتوقف مبيعاتها وصفحاتها فورًا، ولديكم { $days } يومًا للعدول.
closing-keep-first = احفظوا أولًا ما يطلبه منكم القانون: النسخة أدناه.
closing-title = حذف { $name }
closing-do = حذف المنظمة
closing-under-way = ستُحذف { $name } في { $day }
closing-under-way-lead = حتى ذلك الحين تقرؤون وتصدّرون وتردّون المبالغ، ولا يباع شيء.
closing-keep = الإبقاء على المنظمة
problem-organizations-last_owner = هذا آخر مالك. امنحوا عضوًا آخر هذا الدور أولًا، أو احذفوا المنظمة.
problem-organizations-suspended = هذه المنظمة موقوفة. السبب: { $reason }
problem-organizations-closing = ستُحذف هذه المنظمة: لم يعد هذا ممكنًا. ما زال بإمكان مالك أن يُبقي عليها.
problem-organizations-sold_ahead = توجد تذاكر صالحة لفعاليات قادمة: { $events }. ألغوا هذه الفعاليات أولًا أو انتظروا نهايتها.
problem-organizations-too_many_keys = للمنظمة 100 مفتاح. ألغوا مفتاحًا لم يعد يُستعمل.
problem-identity-person_needed = لا يكفي مفتاح هنا: سجّلوا الدخول بحساب.
field-no_member = ليس هذا عضوًا آخر في المنظمة.
field-color = ليس هذا لونًا مثل ‎#0f4c5c.
field-too_pale = يكاد هذا اللون لا يُرى على الأبيض. اختاروا لونًا أغمق.
field-past = لقد مضى هذا.

## الرسائل

mail-owner-new-subject = لـ { $organization } مالك جديد
mail-owner-new-preheader = تأكدوا من أن ذلك مقصود.
mail-owner-new-heading = مالك جديد
mail-owner-new-body = مرحبًا { $name }، أصبح { $owner } مالكًا لـ { $organization }.
mail-owner-new-button = عرض الفريق
mail-owner-new-note = ليس هذا مقصودًا؟ راسلوا الفريق فورًا واختاروا كلمة مرور جديدة.
mail-owner-you-subject = { $organization } لكم
mail-owner-you-preheader = أنتم مالكها الآن.
mail-owner-you-heading = أنتم مالك
mail-owner-you-body = مرحبًا { $name }، أنتم الآن مالك { $organization }: تضبطون كل شيء، ويمكنكم تسليمها.
mail-owner-you-button = عرض الفريق
mail-owner-you-note = احموا حسابكم بعامل ثانٍ.
mail-closing-subject = ستُحذف { $organization } في { $day }
mail-closing-preheader = حتى ذلك الحين يمكن لمالك الإبقاء عليها.
mail-closing-heading = طُلب الحذف
mail-closing-body = مرحبًا { $name }، طلب { $owner } حذف { $organization }. توقفت مبيعاتها وصفحاتها. يُحذف كل شيء في { $day }، فصدّروا قبل ذلك ما عليكم حفظه.
mail-closing-button = الإبقاء على المنظمة
mail-closing-note = لا توافقون؟ أبقوا عليها بالزر أعلاه.
mail-closed-subject = حُذفت { $organization }
mail-closed-preheader = لم تعد بياناتها هنا.
mail-closed-heading = حُذفت المنظمة
mail-closed-body = مرحبًا { $name }، حُذفت { $organization } مع فعالياتها وطلباتها وملفاتها. ويبقى حسابكم.
mail-closed-button = منظماتي
mail-closed-note = شكرًا على تنظيمكم مع Parvis.
copy-title = خذوا كل شيء معكم
copy-lead = ملف zip يضم كل فعالية مع مشاركيها وطلباتها ومدفوعاتها وملفاتها، والأعضاء والسجل. يمكنكم أخذ نسخة في أي وقت.
copy-care = تحتوي على بيانات شخصية: احفظوها في مكان آمن.
copy-do = تنزيل النسخة
copy-readme-title = كل ما يحتفظ به Parvis عن { $organization }
copy-readme-settings = settings.json: المنظمة نفسها
copy-readme-members = members.json: من يعمل فيها وبأي دور
copy-readme-tables = tables/….jsonl: كل ما يُحفظ، سطر JSON لكل سجل (الطلبات وبنودها مع نسب الضريبة والتذاكر والمدفوعات والمبالغ المستردة وعمليات الفحص والدعوات والسجل)؛ المبالغ بأصغر وحدة والأوقات بتوقيت UTC
copy-readme-events = events/…/event.json: كل فعالية أو نموذج مع تذاكره وحصصه
copy-readme-sales = events/…/participants.csv وorders.csv وpayments.csv: ما بيع
copy-readme-files = events/…/files: صورها ووثائقها
copy-readme-note = الأوقات بتوقيت مكان كل فعالية، وتبيّن ملفات JSON فارق التوقيت.
audit-organization-export = نُزّلت نسخة المنظمة
