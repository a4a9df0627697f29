# أمان الحساب: أماكن تسجيل الدخول، والعنوان، والعامل الثاني، والبيانات الشخصية.

## فضاء الحساب

account-area = حسابي
account-tab-profile = الملف الشخصي
account-tab-security = تسجيل الدخول
account-tab-sessions = الأجهزة

## الجلسات

account-sessions-lead = كل ما هو متصل بحسابك. أنهِ ما لا تعرفه، ثم غيّر كلمة المرور.
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
account-sessions-others-lead = تبقى متصلًا هنا وحده.
account-sessions-end-others = تسجيل الخروج من كل مكان آخر
flash-session-ended = أُنهيت جلسة ذلك الجهاز.
flash-sessions-ended = أُنهيت جلسات كل أجهزتك الأخرى.

## رسائل تخبر بما تغيّر

mail-password-changed-subject = تغيّرت كلمة مرور حسابكم
mail-password-changed-preheader = أُنهيت جلسات أجهزتكم الأخرى.
mail-password-changed-heading = تغيّرت كلمة المرور
mail-password-changed-body = مرحبًا { $name }، تغيّرت كلمة مرور حسابكم للتو، وأُنهيت جلسات أجهزتكم الأخرى. إن كنتم أنتم من فعل ذلك فلا شيء مطلوب منكم.
mail-password-changed-button = لم أكن أنا
mail-password-changed-note = لم تكونوا أنتم؟ اختاروا فورًا كلمة مرور جديدة بالزر أعلاه.

## عنوان آخر

account-email-confirmed = مؤكد
account-email-unconfirmed = غير مؤكد
account-email-change = تغيير العنوان
account-email-field = العنوان الإلكتروني الجديد
account-email-how = نكتب إلى العنوانين، ويتغير عنوانك حين يوافق كلاهما خلال 24 ساعة.
account-email-ask = طلب التغيير
account-email-asked = الانتقال إلى { $new_email } ينتظر الجوابين حتى { $until }.
account-email-side-new = لم يؤكد العنوان الجديد بعد.
account-email-side-new-yes = أكّد العنوان الجديد.
account-email-side-old = لم يوافق العنوان الحالي بعد.
account-email-side-old-yes = العنوان الحالي موافق.
account-email-cancel = الإبقاء على عنواني الحالي
account-email-new-title = هل هذا العنوان لك؟
account-email-new-lead = سيحل { $new_email } محل { $old_email } عنوانًا لحساب.
account-email-new-yes = نعم، استعمال هذا العنوان
account-email-old-title = هل تريد عنوانًا آخر؟
account-email-old-lead = سيترك حسابك { $old_email } إلى { $new_email }. إن لم تطلب ذلك فارفض واختر كلمة مرور جديدة.
account-email-old-yes = نعم، تغييره
account-email-no = لا، عدم تغيير شيء
account-email-waiting-title = شكرًا
account-email-waiting = يتغير العنوان حالما يجيب الصندوق الآخر أيضًا.
account-email-done-title = تغيّر العنوان
account-email-done = سجّل الدخول بالعنوان الجديد من الآن فصاعدًا.
account-email-refused-title = لم يتغير شيء
account-email-refused = يحتفظ الحساب بعنوانه. إن لم تطلب هذا التغيير فهناك من يعرف كلمة مرورك: اختر كلمة جديدة.
account-email-gone = تم التغيير أو رُفض أو سُحب، أو انقضت ساعاته الأربع والعشرون.
flash-email-asked = كتبنا إلى العنوانين.
flash-email-cancelled = يبقى عنوانك كما هو.

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
mail-email-old-note = لم تطلبوا هذا؟ ارفضوا واختاروا كلمة مرور جديدة: هناك من يعرف كلمتكم.
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

## العامل الثاني

account-factor = العامل الثاني
account-factor-on = مفعّل
account-factor-off = غير مفعّل
account-factor-lead = إلى جانب كلمة المرور، رمز من تطبيق على هاتفك: من يسرق إحداهما لا يملك الآخر.
account-factor-apps = يصلح أي تطبيق يصنع هذه الرموز: Aegis و FreeOTP و Google Authenticator و 1Password وغيرها.
account-factor-since = يُطلب عند كل تسجيل دخول رمز إلى جانب كلمة المرور، منذ { $at }.
account-factor-start = إعداد العامل الثاني
account-factor-manage = تغيير العامل الثاني
account-factor-scan = امسح هذه الصورة بتطبيقك، ثم اكتب الرمز الذي يعرضه.
account-factor-picture = رمز QR لتطبيقك
account-factor-type = لا تستطيع مسحها؟ اكتب هذا المفتاح في التطبيق:
account-factor-open = الفتح في تطبيق على هذا الجهاز
account-factor-first = الأرقام الستة التي يعرضها التطبيق الآن.
account-factor-enable = تفعيل
account-factor-ends = ستُنهى جلسات أجهزتك الأخرى.
account-factor-required = { $count ->
    [zero] تطلب { $organizations } من أعضائها عاملًا ثانيًا. أعدّ عاملك للمتابعة؛ يستغرق ذلك دقيقتين.
    [one] تطلب { $organizations } من أعضائها عاملًا ثانيًا. أعدّ عاملك للمتابعة؛ يستغرق ذلك دقيقتين.
    [two] تطلب { $organizations } من أعضائهما عاملًا ثانيًا. أعدّ عاملك للمتابعة؛ يستغرق ذلك دقيقتين.
    [few] تطلب { $organizations } من أعضائها عاملًا ثانيًا. أعدّ عاملك للمتابعة؛ يستغرق ذلك دقيقتين.
    [many] تطلب { $organizations } من أعضائها عاملًا ثانيًا. أعدّ عاملك للمتابعة؛ يستغرق ذلك دقيقتين.
   *[other] تطلب { $organizations } من أعضائها عاملًا ثانيًا. أعدّ عاملك للمتابعة؛ يستغرق ذلك دقيقتين.
}
account-factor-other = العمل في { $name } بدلًا من ذلك
account-factor-disable = إيقاف العامل الثاني
account-factor-disable-lead = ستفتح كلمة المرور وحدها حسابك بعد ذلك.
account-factor-disable-required = لن تستطيع من دونه العمل في { $organizations }.
account-code-title = رمزك
account-code-lead = الأرقام الستة التي يعرضها تطبيقك الآن.
account-code-field = رمز التطبيق
account-code-use = استعمال رمز التطبيق
account-code-or-recovery = رمز التطبيق أو رمز استرجاع
account-recovery-title = رمز استرجاع
account-recovery-lead = أحد الرموز العشرة التي حفظتَها عند إعداد العامل الثاني. يصلح كل منها مرة واحدة.
account-recovery-field = رمز الاسترجاع
account-recovery-use = استعمال رمز استرجاع
account-codes = رموز الاسترجاع
account-codes-first = العامل الثاني مفعّل.
account-codes-new = تحل هذه الرموز محل السابقة.
account-codes-keep = احفظ هذه الرموز حيث تجدها من دون هاتفك: على ورق أو في برنامج لكلمات المرور. يفتح كل منها حسابك مرة واحدة حين لا يكون التطبيق في متناولك. لا تُعرض إلا هذه المرة.
account-codes-kept = حفظتُها
account-codes-left = { $count ->
    [zero] لم يبق أي رمز استرجاع. اصنع رموزًا جديدة.
    [one] بقي رمز استرجاع واحد.
    [two] بقي رمزا استرجاع.
    [few] بقيت { $count } رموز استرجاع.
    [many] بقي { $count } رمز استرجاع.
   *[other] بقي { $count } رمز استرجاع.
}
account-codes-renew = صنع رموز جديدة
account-codes-renew-lead = لن تصلح السابقة بعد ذلك.
flash-login-again = طال الأمر. سجّل الدخول من جديد.
flash-second-factor-off = أُوقف العامل الثاني.
manage-safety = الأمان
manage-require-factor = يحتاج الأعضاء إلى عامل ثانٍ
manage-require-factor-hint = من ليس لديه واحد يُقاد إلى إعداده قبل المتابعة. ابدأ بعاملك.
problem-identity-code_needed = لهذا الحساب عامل ثانٍ: أرسلوا رمزه أيضًا.
problem-identity-second_factor_stands = العامل الثاني مفعّل من قبل.
problem-identity-no_second_factor = لا يوجد عامل ثانٍ لاستعماله. أعدّوا واحدًا أولًا.
problem-identity-second_factor_required = تطلب هذه المنظمة من أعضائها عاملًا ثانيًا. أعدّوا عاملكم ثم حاولوا من جديد.
problem-organizations-own_second_factor_first = أعدّوا عاملكم الثاني أولًا، وإلا أغلقتم الباب على أنفسكم.
field-wrong_code = هذا الرمز غير صحيح أو استُعمل من قبل. انتظروا الرمز التالي.

mail-factor-on-subject = العامل الثاني مفعّل
mail-factor-on-preheader = يُطلب رمز عند كل تسجيل دخول من الآن.
mail-factor-on-heading = العامل الثاني مفعّل
mail-factor-on-body = مرحبًا { $name }، صار حسابكم يطلب رمزًا من تطبيقكم عند كل تسجيل دخول، وأُنهيت جلسات أجهزتكم الأخرى. احفظوا رموز الاسترجاع في مكان آمن.
mail-factor-on-button = رؤية حسابي
mail-factor-on-note = لم تكونوا أنتم؟ اختاروا فورًا كلمة مرور جديدة، واكتبوا إلى من يدير هذا الموقع.
mail-factor-off-subject = أُوقف العامل الثاني
mail-factor-off-preheader = تفتح كلمة المرور وحدها حسابكم الآن.
mail-factor-off-heading = أُوقف العامل الثاني
mail-factor-off-body = مرحبًا { $name }، لم يعد حسابكم يطلب رمزًا عند تسجيل الدخول: تفتحه كلمة المرور وحدها.
mail-factor-off-button = رؤية حسابي
mail-factor-off-note = لم تكونوا أنتم؟ اختاروا فورًا كلمة مرور جديدة، وأعيدوا تفعيل العامل الثاني.
mail-recovery-used-subject = استُعمل رمز استرجاع
mail-recovery-used-preheader = لا يصلح بعد الآن، وتبقى الرموز الأخرى صالحة.
mail-recovery-used-heading = استُعمل رمز استرجاع
mail-recovery-used-body = مرحبًا { $name }، استُعمل للتو رمز استرجاع لحسابكم بدلًا من رمز تطبيقكم. لا يصلح مرة ثانية.
mail-recovery-used-button = رؤية حسابي
mail-recovery-used-note = لم تكونوا أنتم؟ اختاروا فورًا كلمة مرور جديدة، واصنعوا رموز استرجاع جديدة.
mail-factor-guessing-subject = هناك من يحاول دخول حسابكم
mail-factor-guessing-preheader = يعرف كلمة مروركم ويخمن الرموز.
mail-factor-guessing-heading = هناك من يحاول دخول حسابكم
mail-factor-guessing-body = مرحبًا { $name }، كُتبت لحسابكم عدة رموز خاطئة متتالية بعد كلمة المرور الصحيحة. صرنا ننظر في الرموز ببطء متزايد. إن كنتم أنتم فانتظروا قليلًا، وإلا فاختاروا كلمة مرور جديدة.
mail-factor-guessing-button = اختيار كلمة مرور جديدة
mail-factor-guessing-note = لم يدخل أحد. كلمة مرور جديدة تجعل الأخرى بلا قيمة.

## البيانات الشخصية

account-tab-data = بياناتي
account-copy = نسخة من بياناتي
account-copy-lead = ملف فيه حسابك وأدوارك وأجهزتك وطلباتك وتذاكرك لدى كل المنظمين. نحضّره ونكتب إليك حين يجهز.
account-copy-ask = تحضير نسختي
account-copy-again = تحضيرها من جديد
account-copy-preparing = طُلبت { $asked }. إنها قيد التحضير، وستخبرك رسالة حين تجهز.
account-copy-download = تنزيل ({ $size } كيلوبايت)
account-copy-until = طُلبت { $asked }. تبقى هنا حتى { $until }.
account-erase = حذف حسابي
account-erase-lead = ينتهي حسابك بعد سبعة أيام من طلبك. يمكنك التراجع حتى ذلك الحين.
account-erase-gone = يزول ملفك وشارتك وأدوارك وأجهزتك.
account-erase-stays = تبقى الطلبات والتذاكر عند منظميها الملزمين بحفظها، من دون اسمك ولا عنوانك.
account-erase-tickets = لن تجد تذاكرك هنا بعد ذلك: احفظ ما تحتاج إليه منها.
account-erase-ask = حذف حسابي
account-erase-delay = بعد سبعة أيام.
account-erase-at = ينتهي حسابك في { $at }.
account-keep = الإبقاء على حسابي
account-keep-title = هل تريد الإبقاء على حسابك؟
account-keep-lead = طلبتَ حذف حسابك. نقرة واحدة ويبقى.
account-keep-gone = الحساب باقٍ من قبل، أو انتهى.
account-kept-title = يبقى حسابك
account-kept = لم يُحذف شيء. إن لم تطلب ذلك فاختر كلمة مرور جديدة: هناك من يعرف كلمتك.
flash-data-asked = نسختك قيد التحضير.
flash-erase-asked = سيُحذف حسابك بعد سبعة أيام. كتبنا إليك.
flash-erase-cancelled = يبقى حسابك.
erased-person = حساب محذوف
problem-identity-last_owner = لا مالك آخر لـ { $organizations }. اجعلوا عضوًا آخر مالكًا أو احذفوا المنظمة، ثم احذفوا حسابكم.

data-readme-title = بيانات { $name }
data-readme-account = account.json: حسابكم كما أعطيتمونا إياه.
data-readme-roles = roles.json: أدواركم في المنظمات وفي فعالياتها.
data-readme-sessions = sessions.json: أين سجلتم الدخول في الأسابيع الأخيرة.
data-readme-orders = orders/: ملف لكل منظم، فيه طلباتكم وتذاكركم وما اشتراه لكم غيركم.
data-readme-note = الملفات المنتهية بـ .json نصوص يفتحها أي محرر. الأوقات بالتوقيت العالمي ما لم يُذكر غيره. ليست فيها كلمة مروركم ولا مفتاح عاملكم الثاني: لا أحد يستطيع قراءتهما.

mail-data-ready-subject = نسخة بياناتكم جاهزة
mail-data-ready-preheader = تنتظركم في حسابكم.
mail-data-ready-heading = نسخة بياناتكم جاهزة
mail-data-ready-body = { $days ->
    [zero] مرحبًا { $name }، النسخة التي طلبتموها تنتظركم في حسابكم اليوم. سجّلوا الدخول لتنزيلها.
    [one] مرحبًا { $name }، النسخة التي طلبتموها تنتظركم في حسابكم يومًا واحدًا. سجّلوا الدخول لتنزيلها.
    [two] مرحبًا { $name }، النسخة التي طلبتموها تنتظركم في حسابكم يومين. سجّلوا الدخول لتنزيلها.
    [few] مرحبًا { $name }، النسخة التي طلبتموها تنتظركم في حسابكم { $days } أيام. سجّلوا الدخول لتنزيلها.
    [many] مرحبًا { $name }، النسخة التي طلبتموها تنتظركم في حسابكم { $days } يومًا. سجّلوا الدخول لتنزيلها.
   *[other] مرحبًا { $name }، النسخة التي طلبتموها تنتظركم في حسابكم { $days } يوم. سجّلوا الدخول لتنزيلها.
}
mail-data-ready-button = تنزيل نسختي
mail-data-ready-note = لم تطلبوها؟ اختاروا فورًا كلمة مرور جديدة: هناك من يعرف كلمتكم.
mail-erase-asked-subject = سيُحذف حسابكم في { $day }
mail-erase-asked-preheader = يمكنكم الإبقاء عليه بنقرة حتى ذلك الحين.
mail-erase-asked-heading = سيُحذف حسابكم
mail-erase-asked-body = مرحبًا { $name }، طلبتم حذف حسابكم. ينتهي في { $day }. تبقى الطلبات والتذاكر عند منظميها من دون اسمكم؛ احفظوا التذاكر التي تحتاجون إليها.
mail-erase-asked-button = الإبقاء على حسابي
mail-erase-asked-note = لم تطلبوا ذلك؟ أبقوا على حسابكم بالزر أعلاه، واختاروا كلمة مرور جديدة.
mail-erase-refused-subject = تعذّر حذف حسابكم
mail-erase-refused-preheader = لا بد من مالك لمنظماتكم.
mail-erase-refused-heading = تعذّر حذف حسابكم
mail-erase-refused-body = مرحبًا { $name }، كان حسابكم سيُحذف اليوم، لكن لا مالك آخر لـ { $organizations }. اجعلوا عضوًا آخر مالكًا أو احذفوا المنظمة، ثم اطلبوا من جديد.
mail-erase-refused-button = رؤية حسابي
mail-erase-refused-note = لم يُحذف شيء.
mail-erased-subject = حُذف حسابكم
mail-erased-preheader = هذه رسالتنا الأخيرة.
mail-erased-heading = حُذف حسابكم
mail-erased-body = زال ملفكم وأدواركم وأجهزتكم. ما يلزم المنظمين حفظه من الطلبات والتذاكر لم يعد يحمل اسمكم.
mail-erased-note = هذه آخر رسالة عن هذا الحساب. أهلًا بكم دائمًا بحساب جديد.
mail-footer-erased = تصلكم هذه الرسالة لأن هذا العنوان كان لحساب على { $site }.
