# What went wrong, and what to do about it. One key a problem code.
problem-internal = حدث خطأ من جانبنا. يُرجى إعادة المحاولة بعد قليل، وإذا تكرّر الخطأ فأرسلوا إلينا الرقم الظاهر مع هذه الرسالة.
problem-not_found = لا يوجد شيء في هذا العنوان، أو ليس لديكم حق الوصول إليه.
problem-method_not_allowed = هذا العنوان لا يقبل هذا النوع من الطلبات.
problem-malformed = تعذّرت قراءة الطلب. تحقّقوا من صيغته ثم أعيدوا إرساله.
problem-invalid = بعض المعلومات غير صالحة. صحّحوا الحقول المذكورة أدناه ثم أعيدوا الإرسال.
problem-unauthenticated = يجب تسجيل الدخول أولًا.
problem-forbidden = دوركم لا يسمح بهذا الإجراء. تواصلوا مع أحد المنظّمين إن كان من المفترض أن تتوفّر لكم هذه الصلاحية.
problem-too_large = حجم ما أُرسل كبير جدًا. قلّلوا حجمه ثم أعيدوا الإرسال.
problem-unsupported_media_type = هذا النوع من المحتوى غير مقبول هنا.
problem-too_many_requests = محاولات كثيرة في وقت قصير. انتظروا قليلًا ثم أعيدوا المحاولة.
problem-unavailable = الخدمة غير متاحة مؤقتًا. يُرجى إعادة المحاولة بعد قليل.
problem-nul_character = يحتوي الطلب على محرف NUL، وهو غير مسموح به في أي نص.
problem-stale = غيّر شخص آخر هذا العنصر في هذه الأثناء. أعيدوا تحميله ثم كرّروا تعديلكم.
problem-identity-wrong_credentials = البريد الإلكتروني أو كلمة المرور غير صحيحة.
problem-identity-unconfirmed = أكّدوا عنوان بريدكم الإلكتروني أولًا، فقد أرسلنا إليكم رابطًا.
problem-identity-not_invited = أُرسلت هذه الدعوة إلى بريد إلكتروني آخر. سجّلوا الدخول بذلك العنوان.
problem-organizations-slug_taken = هذا العنوان مستخدم من منظمة أخرى. اختاروا عنوانًا آخر.
problem-payments-declined = رُفضت البطاقة. ما زالت أماكنكم محجوزة، فجرّبوا بطاقة أخرى.
problem-payments-closed = لم يعد بالإمكان تغيير هذا الدفع.
problem-payments-refused = رفض مزوّد الدفع العملية. لم يُخصم أي مبلغ.
problem-payments-too_much = هذا المبلغ أكبر مما تبقّى من المدفوعات.
problem-payments-unavailable = مزوّد الدفع لا يستجيب حاليًا. لم يُخصم أي مبلغ، فحاولوا مجددًا بعد قليل.
problem-ticketing-sold_out = لم يتبقَّ ما يكفي من التذاكر.
problem-ticketing-sales_closed = هذه التذاكر ليست معروضة للبيع حاليًا.
problem-ticketing-limit_exceeded = هذا العدد من التذاكر يتجاوز المسموح به للطلب الواحد أو للشخص الواحد.
problem-ticketing-expired = انتهت مهلة الدفع وأُتيحت التذاكر من جديد. يُرجى إعادة الطلب.
problem-ticketing-not_payable = لا يمكن دفع هذا الطلب في حالته الحالية.
problem-ticketing-nothing_to_send = لا توجد تذاكر لإرسالها في هذا الطلب: لم يُدفع ثمنه، أو استُرجعت تذاكره.
problem-ticketing-not_cancellable = لم يعد بالإمكان إلغاء هذا الطلب. اطلبوا من المنظّم استرداد المبلغ.
problem-ticketing-not_refundable = لم يبق ما يُرد ثمنه: رُدّ ثمن هذه التذاكر من قبل، أو الباقي أقل من المبلغ المطلوب.
problem-ticketing-not_correctable = لم يعد بالإمكان تصحيح هذا الطلب.
problem-ticketing-not_nameable = استُعملت هذه التذكرة أو استُرجعت: يبقى الاسم كما هو.
problem-ticketing-ticket_revoked = استُرد ثمن هذه التذكرة أو أُلغيت: لا يوجد ما يُطبع.
problem-checkin-already_used = مستخدمة من قبل: دخل شخص بهذه التذكرة سابقًا.
problem-checkin-payment_required = لم يُدفع ثمن الطلب بعد.
problem-checkin-refused = { $reason ->
    [revoked] مرفوضة: استُرد ثمن هذه التذكرة أو أُلغيت أو أُعيد إصدارها.
    [other_event] مرفوضة: هذه التذكرة لفعالية أخرى.
    [not_inside] مرفوضة: لم يدخل أحد بهذه التذكرة.
    [event_not_open] مرفوضة: البوابة غير مفتوحة لهذه الفعالية الآن.
   *[other] مرفوضة: هذه التذكرة لا تفتح هذه البوابة.
}
problem-checkin-unknown = غير معروفة: لا توجد تذكرة لهذه الفعالية تطابق هذا الرمز.
problem-checkin-unreadable = تعذّرت قراءة الرمز. امسحوه مرة أخرى.

# Fields: what is wrong with one of them. One key a field code.
field-required = هذه المعلومة مطلوبة.
field-type = هذه القيمة ليست من النوع المتوقع هنا.
field-too_short = هذا قصير جدًا: { $least } محارف على الأقل.
field-too_long = هذا طويل جدًا: { $most } محارف على الأكثر.
field-too_small = هذه القيمة صغيرة جدًا: { $least } على الأقل.
field-too_large = هذه القيمة كبيرة جدًا: { $most } على الأكثر.
field-too_many = هذا العدد أكبر من المسموح به.
field-too_few = هذا العدد أقل من المطلوب.
field-unknown_choice = هذه القيمة ليست من القيم الممكنة.
field-unknown = لا نعرف هذه القيمة.
field-email = هذا ليس عنوان بريد إلكتروني.
field-uuid = هذا ليس معرّفًا.
field-url = هذا ليس عنوان ويب.
field-date = هذا ليس تاريخًا، مثل 2026-12-31.
field-date_time = هذا ليس وقتًا مع فرق التوقيت، مثل 2026-12-31T20:00:00+01:00.
field-dates_in_order = لا يمكن أن تسبق النهاية البداية.
field-amount = هذا ليس مبلغًا بهذه العملة، مثل 30.00.
field-amount_too_large = المجموع أكبر مما يُسمح به لطلب واحد.
field-below_minimum = عدد التذاكر أقل من الحد الأدنى لطلب من هذا النوع.
field-unreadable = تعذّرت قراءة هذه القيمة.
field-dates_told = بيعت تذاكر: أجّل الفعالية فيُخبَر المشترون بالتاريخ الجديد.
field-unchanged = هذه هي القيمة الحالية.
field-already_member = هذا الشخص عضو في المنظمة بالفعل. غيّر دوره في القائمة.
field-already_role = لدى هذا الشخص هذا الدور بالفعل.
field-key_reused = استُخدم هذا المفتاح لطلب آخر.
field-slug = استخدموا من 3 إلى 60 حرفًا لاتينيًا صغيرًا أو رقمًا أو شرطة مفردة.
field-bad_link = هذا الرابط غير صالح أو انتهت مدته. اطلبوا رابطًا جديدًا.
field-wrong_password = هذه ليست كلمة مروركم الحالية.
field-unknown_card = لا توجد بطاقة بهذا الرقم.
field-control_character = لا يُسمح هنا بفواصل الأسطر ولا بمحارف التحكم غير المرئية.
problem-foreign_form = بقيت هذه الصفحة مفتوحة مدة طويلة أو في نافذة أخرى. عودوا إليها وأعيدوا تحميلها ثم أرسلوها من جديد، فلم يُنفَّذ أي شيء.
problem-session_ended = انتهت جلستك هنا أو على جهاز آخر، ولم يُنفَّذ أي شيء. زر الرجوع في المتصفح ما زال يحتفظ بما كتبته: انسخه، ثم سجّل الدخول من جديد لإرساله.
field-consent = يُرجى قبول شروط البيع.
field-taken = هذا العنوان مستخدم بالفعل. اختر عنواناً آخر.
field-local_time = هذا ليس تاريخاً مع وقت. اختر كليهما.
field-image_size = تتجاوز هذه الصورة 10 ميغابايت. صغّرها أو اختر غيرها.
field-image_kind = هذه ليست صورة JPEG أو PNG أو WebP. اختر ملفاً آخر.
field-image_broken = هذه الصورة تالفة ولا يمكن قراءتها. اختر ملفاً آخر.
field-image_pixels = عدد بكسلات هذه الصورة كبير جداً: 12000 لكل ضلع على الأكثر، و60 مليوناً إجمالاً (7700 × 7700 مثلاً). صغّرها.
field-pdf_kind = هذا ليس ملف PDF. اختر ملفاً آخر.
field-pdf_broken = ملف PDF هذا غير كامل. اختر ملفاً آخر.
field-pdf_size = يتجاوز ملف PDF هذا 10 ميغابايت. صغّره أو اختر غيره.
field-below_sold = هذا أقل مما تم بيعه أو حجزه بالفعل.
