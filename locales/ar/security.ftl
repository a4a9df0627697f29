# أمان الحساب: أماكن تسجيل الدخول، والعنوان، والعامل الثاني، والبيانات الشخصية.

## فضاء الحساب

account-area = حسابي
account-tab-profile = الملف الشخصي
account-tab-security = تسجيل الدخول
account-tab-sessions = الأجهزة

## الجلسات

account-sessions-lead = كل ما هو متصل بحسابكم. أنهوا ما لا تعرفونه، ثم غيّروا كلمة السر.
account-sessions-count = { $count ->
    [zero] لا جهاز متصل
    [one] جهاز واحد متصل
    [two] جهازان متصلان
    [few] { $count } أجهزة متصلة
    [many] { $count } جهازًا متصلًا
   *[other] { $count } جهاز متصل
}
account-session-unknown = جهاز غير معروف
account-session-current = هذا الجهاز
account-session-browser = متصفح
account-session-app = تطبيق
account-session-used = آخر استعمال: { $at }
account-session-opened = تسجيل الدخول: { $at }
account-session-end = إنهاء الجلسة
account-sessions-others = كل الأجهزة الأخرى
account-sessions-others-lead = تبقون متصلين هنا وحده.
account-sessions-end-others = تسجيل الخروج من كل مكان آخر
flash-session-ended = أُنهيت جلسة ذلك الجهاز.
flash-sessions-ended = أُنهيت جلسات كل أجهزتكم الأخرى.

## رسائل تخبر بما تغيّر

mail-password-changed-subject = تغيّرت كلمة سر حسابكم
mail-password-changed-preheader = أُنهيت جلسات أجهزتكم الأخرى.
mail-password-changed-heading = تغيّرت كلمة السر
mail-password-changed-body = مرحبًا { $name }، تغيّرت كلمة سر حسابكم للتو، وأُنهيت جلسات أجهزتكم الأخرى. إن كنتم أنتم من فعل ذلك فلا شيء مطلوب منكم.
mail-password-changed-button = لم أكن أنا
mail-password-changed-note = لم تكونوا أنتم؟ اختاروا فورًا كلمة سر جديدة بالزر أعلاه.

## عنوان آخر

account-email-confirmed = مؤكد
account-email-unconfirmed = غير مؤكد
account-email-change = تغيير العنوان
account-email-field = العنوان الإلكتروني الجديد
account-email-how = نكتب إلى العنوانين، ويتغير عنوانكم حين يوافق كلاهما خلال 24 ساعة.
account-email-ask = طلب التغيير
account-email-asked = الانتقال إلى { $new_email } ينتظر الجوابين حتى { $until }.
account-email-side-new = لم يؤكد العنوان الجديد بعد.
account-email-side-new-yes = أكّد العنوان الجديد.
account-email-side-old = لم يوافق العنوان الحالي بعد.
account-email-side-old-yes = العنوان الحالي موافق.
account-email-cancel = الإبقاء على عنواني الحالي
account-email-new-title = هل هذا العنوان لكم؟
account-email-new-lead = سيحل { $new_email } محل { $old_email } عنوانًا لحساب.
account-email-new-yes = نعم، استعمال هذا العنوان
account-email-old-title = هل تريدون عنوانًا آخر؟
account-email-old-lead = سيترك حسابكم { $old_email } إلى { $new_email }. إن لم تطلبوا ذلك فارفضوا واختاروا كلمة سر جديدة.
account-email-old-yes = نعم، تغييره
account-email-no = لا، عدم تغيير شيء
account-email-waiting-title = شكرًا
account-email-waiting = يتغير العنوان حالما يجيب الصندوق الآخر أيضًا.
account-email-done-title = تغيّر العنوان
account-email-done = سجّلوا الدخول بالعنوان الجديد من الآن فصاعدًا.
account-email-refused-title = لم يتغير شيء
account-email-refused = يحتفظ الحساب بعنوانه. إن لم تطلبوا هذا التغيير فهناك من يعرف كلمة سركم: اختاروا كلمة جديدة.
account-email-gone = تم التغيير أو رُفض أو سُحب، أو انقضت ساعاته الأربع والعشرون.
flash-email-asked = كتبنا إلى العنوانين.
flash-email-cancelled = يبقى عنوانكم كما هو.

mail-footer-address = تصلكم هذه الرسالة لأن شخصًا أدخل عنوانكم على { $site }.
mail-email-new-subject = أكدوا عنوانكم الإلكتروني الجديد
mail-email-new-preheader = نقرة واحدة ويستعمله حسابكم.
mail-email-new-heading = هل هذا العنوان لكم؟
mail-email-new-body = { $hours ->
    [zero] مرحبًا { $name }، تريدون استعمال { $new_email } لحسابكم. أكدوا حالًا أنكم تقرؤون هذا الصندوق. كتبنا إلى عنوانكم الحالي أيضًا.
    [one] مرحبًا { $name }، تريدون استعمال { $new_email } لحسابكم. أكدوا خلال ساعة أنكم تقرؤون هذا الصندوق. كتبنا إلى عنوانكم الحالي أيضًا.
    [two] مرحبًا { $name }، تريدون استعمال { $new_email } لحسابكم. أكدوا خلال ساعتين أنكم تقرؤون هذا الصندوق. كتبنا إلى عنوانكم الحالي أيضًا.
    [few] مرحبًا { $name }، تريدون استعمال { $new_email } لحسابكم. أكدوا خلال { $hours } ساعات أنكم تقرؤون هذا الصندوق. كتبنا إلى عنوانكم الحالي أيضًا.
    [many] مرحبًا { $name }، تريدون استعمال { $new_email } لحسابكم. أكدوا خلال { $hours } ساعة أنكم تقرؤون هذا الصندوق. كتبنا إلى عنوانكم الحالي أيضًا.
   *[other] مرحبًا { $name }، تريدون استعمال { $new_email } لحسابكم. أكدوا خلال { $hours } ساعة أنكم تقرؤون هذا الصندوق. كتبنا إلى عنوانكم الحالي أيضًا.
}
mail-email-new-button = تأكيد هذا العنوان
mail-email-new-note = لم تطلبوا هذا؟ تجاهلوا هذه الرسالة ولن يحدث شيء.
mail-email-old-subject = هل تريدون عنوانًا إلكترونيًا آخر؟
mail-email-old-preheader = هناك طلب لتغيير عنوان حسابكم.
mail-email-old-heading = عنوان آخر لحسابكم
mail-email-old-body = { $hours ->
    [zero] مرحبًا { $name }، طلبتم أن يستعمل حسابكم { $new_email } من الآن. وافقوا أو ارفضوا حالًا، ومن دون جواب لا يتغير شيء.
    [one] مرحبًا { $name }، طلبتم أن يستعمل حسابكم { $new_email } من الآن. وافقوا أو ارفضوا خلال ساعة، ومن دون جواب لا يتغير شيء.
    [two] مرحبًا { $name }، طلبتم أن يستعمل حسابكم { $new_email } من الآن. وافقوا أو ارفضوا خلال ساعتين، ومن دون جواب لا يتغير شيء.
    [few] مرحبًا { $name }، طلبتم أن يستعمل حسابكم { $new_email } من الآن. وافقوا أو ارفضوا خلال { $hours } ساعات، ومن دون جواب لا يتغير شيء.
    [many] مرحبًا { $name }، طلبتم أن يستعمل حسابكم { $new_email } من الآن. وافقوا أو ارفضوا خلال { $hours } ساعة، ومن دون جواب لا يتغير شيء.
   *[other] مرحبًا { $name }، طلبتم أن يستعمل حسابكم { $new_email } من الآن. وافقوا أو ارفضوا خلال { $hours } ساعة، ومن دون جواب لا يتغير شيء.
}
mail-email-old-button = الموافقة أو الرفض
mail-email-old-note = لم تطلبوا هذا؟ ارفضوا واختاروا كلمة سر جديدة: هناك من يعرف كلمتكم.
mail-email-taken-subject = لديكم حساب من قبل
mail-email-taken-preheader = أراد شخص هذا العنوان لحساب آخر.
mail-email-taken-heading = لديكم حساب من قبل
mail-email-taken-body = مرحبًا { $name }، أراد شخص، ربما أنتم، نقل حساب آخر إلى { $new_email }. لهذا العنوان حسابه، فلا يمكن ذلك. لم يتغير شيء.
mail-email-taken-button = تسجيل الدخول
mail-email-taken-note = لم تكونوا أنتم؟ تجاهلوا هذه الرسالة.
mail-email-changed-subject = تغيّر عنوانكم الإلكتروني
mail-email-changed-preheader = سجّلوا الدخول بالعنوان الجديد من الآن.
mail-email-changed-heading = تغيّر عنوانكم الإلكتروني
mail-email-changed-body = مرحبًا { $name }، صار حسابكم يستعمل { $new_email }. سجّلوا الدخول بهذا العنوان من الآن فصاعدًا.
mail-email-changed-button = تسجيل الدخول
mail-email-changed-note = وافق العنوانان على ذلك. إن لم يكن هذا ما أردتم فأعيدوا تغييره في حسابكم.
