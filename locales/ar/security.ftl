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
