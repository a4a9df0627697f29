# الوضع التجريبي للفعالية.
problem-events-not_in_test_mode = هذه الفعالية ليست في الوضع التجريبي.
problem-events-already_ordered = توجد طلبات حقيقية، فلم يعد الوضع التجريبي ممكنًا.
test-badge = وضع تجريبي
test-event = هذه الفعالية في الوضع التجريبي. ما تطلبونه الآن تجربة فقط: لا دفع حقيقي، والتذاكر لن تفتح الأبواب.
test-order = هذا طلب تجريبي: لا دفع حقيقي، وسيُحذف عند إطلاق الفعالية.
test-ticket = تذكرة تجريبية
mail-test-order = هذا طلب تجريبي: تذاكره لن تفتح الأبواب، وسيُحذف لاحقًا.
document-ticket-test = تذكرة تجريبية
manage-test = الوضع التجريبي
manage-test-lead = جرّبوا البيع من أوله إلى آخره ببطاقات تجريبية. تُحذف هذه الطلبات بنقرة واحدة، ولا تظهر الفعالية في أي قائمة.
manage-test-begin = الانتقال إلى الوضع التجريبي
manage-test-not = توجد طلبات من قبل، فلم يعد الوضع التجريبي ممكنًا.
manage-test-on = الفعالية في الوضع التجريبي: لا تُقبل إلا البطاقات التجريبية، ولا تظهر في أي قائمة.
manage-test-count =
    { $count ->
        [zero] لا طلبات تجريبية حتى الآن.
        [one] سيُحذف طلب تجريبي واحد مع تذاكره ومدفوعاته.
        [two] سيُحذف طلبان تجريبيان مع تذاكرهما ومدفوعاتهما.
        [few] ستُحذف { $count } طلبات تجريبية مع تذاكرها ومدفوعاتها.
        [many] سيُحذف { $count } طلبًا تجريبيًا مع تذاكرها ومدفوعاتها.
       *[other] سيُحذف { $count } طلب تجريبي مع تذاكرها ومدفوعاتها.
    }
manage-test-live = إطلاق الفعالية
manage-test-live-do = حذف التجارب وإطلاق الفعالية
flash-event-in-test = الفعالية الآن في الوضع التجريبي.
flash-event-not-in-test = وصل طلب حقيقي للتو، فلم يعد الوضع التجريبي ممكنًا.
flash-event-live = أُطلقت الفعالية. الطلبات حقيقية من الآن.

# فعالية مؤجلة.
problem-events-not_published = هذه الفعالية غير منشورة: غيّروا تواريخها ببساطة.
field-in_past = هذا التاريخ مضى.
manage-postpone = تأجيل
manage-postpone-hint = التأجيل: تبقى التذاكر صالحة، وتصل التواريخ الجديدة إلى المشترين.
manage-postpone-title = تأجيل الفعالية
manage-postpone-tickets = تبقى التذاكر المباعة صالحة.
manage-postpone-mails =
    { $count ->
        [zero] لا يوجد مشترون لإبلاغهم.
        [one] يتلقى مشتري التذكرة رسالة بالتواريخ الجديدة لمفكرته.
        [two] يتلقى مشترو التذكرتين رسالة بالتواريخ الجديدة لمفكراتهم.
        [few] يتلقى مشترو { $count } تذاكر رسالة بالتواريخ الجديدة لمفكراتهم.
        [many] يتلقى مشترو { $count } تذكرة رسالة بالتواريخ الجديدة لمفكراتهم.
       *[other] يتلقى مشترو { $count } تذكرة رسالة بالتواريخ الجديدة لمفكراتهم.
    }
manage-postpone-public = تُظهر صفحة الفعالية الموعد السابق: { $when }.
manage-postpone-times = تنتقل معها أوقات المراقبة ونهاية المبيعات الجارية.
manage-postpone-start = البداية الجديدة
manage-postpone-end = النهاية الجديدة
manage-postpone-zone = بتوقيت { $zone }.
manage-postpone-unknown = التواريخ الجديدة غير معروفة بعد: تتوقف المبيعات حتى تُعرف
manage-postpone-message = كلمة إلى المشترين
manage-postpone-message-hint = تظهر كما تكتبونها في الرسالة وفي صفحة طلبهم.
manage-postpone-do = تأجيل وإبلاغ
manage-awaits-dates = الفعالية مؤجلة من دون تواريخ جديدة حاليًا، والمبيعات متوقفة.
manage-give-dates = تحديد التواريخ الجديدة
flash-event-postponed = أُجلت الفعالية، والرسائل في طريقها.
event-dates-awaited = مؤجلة، والتواريخ لاحقًا
event-postponed = مؤجلة
event-postponed-note = هذه الفعالية مؤجلة وتواريخها الجديدة غير معروفة بعد. التذاكر المشتراة تبقى صالحة.
event-previously = الموعد الأول: { $when }
mail-fact-new-date = الموعد الجديد
mail-fact-previous-date = الموعد السابق
mail-event-moved-subject = موعد جديد: { $event }
mail-event-moved-preheader = { $when }. تذاكركم صالحة.
mail-event-moved-heading = موعد جديد لـ { $event }
mail-event-moved-body = مرحبًا { $name }، أجّلت { $organization } فعالية { $event }. تبقى تذاكركم صالحة للموعد الجديد، والملف المرفق يحدّث مفكرتكم.
mail-event-moved-button = عرض طلبي
mail-event-moved-note = لا يناسبكم هذا الموعد؟ أجيبوا عن هذه الرسالة وستخبركم { $organization } بكيفية استرداد المبلغ.
mail-event-postponed-subject = تأجيل: { $event }
mail-event-postponed-preheader = لن تقام الفعالية في موعدها. تذاكركم صالحة.
mail-event-postponed-heading = تأجيل { $event }
mail-event-postponed-body = مرحبًا { $name }، أجّلت { $organization } فعالية { $event } ولن تقام في موعدها. التواريخ الجديدة غير معروفة بعد، وسنكتب إليكم حال معرفتها. تبقى تذاكركم صالحة.
mail-event-postponed-note = تفضلون استرداد المبلغ؟ أجيبوا عن هذه الرسالة وستخبركم { $organization } بكيفية ذلك.
order-event-moved = لهذه الفعالية موعد جديد: { $when }. الموعد السابق: { $previous }.
order-word = كلمة من { $organizer }

# Whom visitors may turn to.
field-reachable = اكتبوا بريدًا إلكترونيًا أو رقم هاتف.
field-phone = هذا ليس رقم هاتف.

# The photo of one's profile.
photo-title = الصورة
photo-hint = JPEG أو PNG أو WebP، على ألا تتجاوز 10 م.ب. تُقص مربعة.
photo-of = صورة { $name }
photo-replace = اختيار صورة أخرى
photo-add = اختيار صورة
photo-send = إرسال
photo-remove = إزالة
flash-photo-saved = حُفظت الصورة.
flash-photo-removed = أُزيلت الصورة.
data-readme-photo = photo.jpg: صورتكم إن وُجدت

# What an event says of itself.
manage-themes = المواضيع
manage-themes-hint = تفصلها فواصل: جاز، مأكولات العالم…
manage-president = الرئاسة
manage-president-none = لا أحد
manage-contacts = جهات الاتصال للزوار
manage-contacts-hint = يكفي بريد أو رقم هاتف. تظهر في صفحة الفعالية.
manage-contact-number = جهة الاتصال { $number }
manage-contact-name = الاسم
manage-contact-role = الدور

# What an event has or lacks before it goes live.
manage-check-places = عدد الأماكن محدد
manage-check-places-missing = حددوا عدد الأماكن
manage-check-contact = عنوان للتواصل
manage-check-contact-missing = أضيفوا عنوانًا للتواصل
manage-check-terms = شروط البيع
manage-check-terms-missing = اكتبوا شروط البيع
manage-check-payment = وسيلة الدفع
manage-check-payment-missing = لا توجد وسيلة دفع: لا يمكن شراء التذاكر المدفوعة
event-badge-postponed = مؤجلة
flash-event-tested = انتهت التجربة وحُذفت طلباتها. الفعالية لا تزال مسودة: انشرها.
manage-test-draft = انشر المسودة لتجربتها: يراها من لديه عنوانها ولا تظهر في أي قائمة.
manage-publish-test = ظاهرة لمن لديه العنوان، ولا تظهر في أي قائمة ما دامت التجربة.
manage-publish-private = ظاهرة لمن لديه الرابط أو دعوة.

# What stands over the sales of an event, and in the list of events.
sales-test = هذه الفعالية في وضع التجربة: طلباتها تجريبية وتُحذف عند الافتتاح.
sales-left-closed = انتهى البيع
sales-left-draft = تُعرض للبيع بعد النشر
sales-none-draft = لا يمكن طلب شيء من مسودة. انشروا الفعالية أو ابدأوا تجربة من صفحة النظرة العامة.
sales-none-draft-action = إلى النظرة العامة
sales-none-cancelled = أُلغيت الفعالية: لا طلبات جديدة فيها.
manage-status-draft = المسودات
manage-series-count = { $count ->
    [zero] لا مواعيد في السلسلة
    [one] موعد واحد في السلسلة
    [two] موعدان في السلسلة
    [few] { $count } مواعيد في السلسلة
    [many] { $count } موعدًا في السلسلة
   *[other] { $count } موعد في السلسلة
}
manage-series-all = كل المواعيد
manage-ready = جاهزة للنشر
