# The mails. `-preheader` is what the inbox shows after the subject.

## Words that several mails share

mail-fact-event = الفعالية
mail-fact-when = الموعد
mail-fact-where = المكان
mail-fact-order = الطلب
mail-fact-tickets = التذاكر
mail-fact-buyer = المشتري
mail-fact-organization = الجهة المنظِّمة
mail-fact-refunded = المبلغ المسترد
mail-fact-reason = السبب
mail-total = المجموع
mail-free = مجاني
mail-row-tickets = { $type } × { $count }
mail-footer-account = تصلكم هذه الرسالة لأن هذا العنوان مرتبط بحساب على { $site }.
mail-footer-order = تصلكم هذه الرسالة بخصوص الطلب { $code }. التذاكر من بيع { $organization } عبر { $site }.
mail-footer-organizer = تصلكم هذه الرسالة لأنكم تديرون فعاليات { $organization } على { $site }.
mail-footer-invitation = تصلكم هذه الرسالة لأن أحدهم أدخل عنوانكم لدعوتكم إلى { $site }.
mail-footer-find = تصلكم هذه الرسالة لأن أحدهم طلب عرض طلبات هذا العنوان على { $site }.

## The account

mail-confirm-subject = تأكيد عنوان بريدكم الإلكتروني
mail-confirm-preheader = نقرة واحدة ويصبح حسابكم جاهزًا.
mail-confirm-heading = أهلًا وسهلًا بكم
mail-confirm-body = مرحبًا { $name }، حسابكم جاهز تقريبًا. أكّدوا أن هذا العنوان لكم حتى تصلكم تذاكركم دائمًا.
mail-confirm-button = تأكيد عنواني
mail-confirm-note = لم تنشئوا حسابًا؟ يكفي تجاهل هذه الرسالة، ولن يحدث شيء.

mail-known-subject = لديكم حساب بالفعل
mail-known-preheader = سجّلوا الدخول أو اختاروا كلمة مرور جديدة.
mail-known-heading = لديكم حساب بالفعل
mail-known-body = { $minutes ->
    [zero] مرحبًا { $name }، سجّل أحدهم، وربما أنتم، حسابًا بهذا العنوان، ولهذا العنوان حساب بالفعل. سجّلوا الدخول بكلمة مروركم. نسيتموها؟ يتيح الرابط أدناه اختيار كلمة جديدة.
    [one] مرحبًا { $name }، سجّل أحدهم، وربما أنتم، حسابًا بهذا العنوان، ولهذا العنوان حساب بالفعل. سجّلوا الدخول بكلمة مروركم. نسيتموها؟ يتيح الرابط أدناه اختيار كلمة جديدة لمدة دقيقة واحدة.
    [two] مرحبًا { $name }، سجّل أحدهم، وربما أنتم، حسابًا بهذا العنوان، ولهذا العنوان حساب بالفعل. سجّلوا الدخول بكلمة مروركم. نسيتموها؟ يتيح الرابط أدناه اختيار كلمة جديدة لمدة دقيقتين.
    [few] مرحبًا { $name }، سجّل أحدهم، وربما أنتم، حسابًا بهذا العنوان، ولهذا العنوان حساب بالفعل. سجّلوا الدخول بكلمة مروركم. نسيتموها؟ يتيح الرابط أدناه اختيار كلمة جديدة لمدة { $minutes } دقائق.
    [many] مرحبًا { $name }، سجّل أحدهم، وربما أنتم، حسابًا بهذا العنوان، ولهذا العنوان حساب بالفعل. سجّلوا الدخول بكلمة مروركم. نسيتموها؟ يتيح الرابط أدناه اختيار كلمة جديدة لمدة { $minutes } دقيقة.
   *[other] مرحبًا { $name }، سجّل أحدهم، وربما أنتم، حسابًا بهذا العنوان، ولهذا العنوان حساب بالفعل. سجّلوا الدخول بكلمة مروركم. نسيتموها؟ يتيح الرابط أدناه اختيار كلمة جديدة لمدة { $minutes } دقيقة.
}
mail-known-button = اختيار كلمة مرور
mail-known-note = لم تكونوا أنتم؟ تجاهلوا هذه الرسالة، فلم يتغيّر شيء.

mail-reset-subject = اختيار كلمة مرور جديدة
mail-reset-preheader = { $minutes ->
    [zero] يعمل الرابط مرة واحدة فقط.
    [one] يعمل الرابط مرة واحدة، لمدة دقيقة واحدة.
    [two] يعمل الرابط مرة واحدة، لمدة دقيقتين.
    [few] يعمل الرابط مرة واحدة، لمدة { $minutes } دقائق.
    [many] يعمل الرابط مرة واحدة، لمدة { $minutes } دقيقة.
   *[other] يعمل الرابط مرة واحدة، لمدة { $minutes } دقيقة.
}
mail-reset-heading = اختيار كلمة مرور جديدة
mail-reset-body = { $minutes ->
    [zero] مرحبًا { $name }، طلبتم كلمة مرور جديدة. يعمل الرابط أدناه مرة واحدة فقط.
    [one] مرحبًا { $name }، طلبتم كلمة مرور جديدة. يعمل الرابط أدناه مرة واحدة، لمدة دقيقة واحدة.
    [two] مرحبًا { $name }، طلبتم كلمة مرور جديدة. يعمل الرابط أدناه مرة واحدة، لمدة دقيقتين.
    [few] مرحبًا { $name }، طلبتم كلمة مرور جديدة. يعمل الرابط أدناه مرة واحدة، لمدة { $minutes } دقائق.
    [many] مرحبًا { $name }، طلبتم كلمة مرور جديدة. يعمل الرابط أدناه مرة واحدة، لمدة { $minutes } دقيقة.
   *[other] مرحبًا { $name }، طلبتم كلمة مرور جديدة. يعمل الرابط أدناه مرة واحدة، لمدة { $minutes } دقيقة.
}
mail-reset-button = اختيار كلمة مرور
mail-reset-note = لم تطلبوا ذلك؟ تجاهلوا هذه الرسالة، فكلمة مروركم لن تتغيّر.

## Organizations

mail-invitation-subject = دعوة للانضمام إلى { $organization }
mail-invitation-preheader = { $inviter } في انتظاركم.
mail-invitation-heading = انضمّوا إلى { $organization }
mail-invitation-body = { $role ->
    [owner] وصلتكم من { $inviter } دعوة للمشاركة في إعداد فعاليات { $organization } بصفة مالك.
    [admin] وصلتكم من { $inviter } دعوة للمشاركة في إعداد فعاليات { $organization } بصفة مسؤول إداري.
    [member] وصلتكم من { $inviter } دعوة للمشاركة في إعداد فعاليات { $organization } بصفة عضو في الفريق.
   *[other] وصلتكم من { $inviter } دعوة للمشاركة في إعداد فعاليات { $organization }. دوركم: { $role }.
}
mail-role-organisateur = منظّم
mail-role-gestionnaire_des_salles = مدير القاعات
mail-role-controlleur_des_badges = مراقب الشارات
mail-role-exposant = عارض
mail-role-participant = مشارك
mail-invitation-button = قبول الدعوة
mail-invitation-note = لا تعرفون هذه الجهة؟ تجاهلوا هذه الرسالة، فلا أحد ينضمّ من دون قبول الدعوة.

## Orders

mail-order-confirmed-subject = { $count ->
    [zero] طلبكم لحضور { $event }
    [one] تذكرتكم لحضور { $event }
    [two] تذكرتاكم لحضور { $event }
    [few] تذاكركم الـ{ $count } لحضور { $event }
    [many] تذاكركم الـ{ $count } لحضور { $event }
   *[other] تذاكركم الـ{ $count } لحضور { $event }
}
mail-order-confirmed-preheader = { $when }. احتفظوا بهذه الرسالة، فهي تكفي للدخول.
mail-order-confirmed-heading = { $count ->
    [zero] تم تأكيد طلبكم
    [one] إليكم تذكرتكم
    [two] إليكم تذكرتيكم
    [few] إليكم { $count } تذاكر
    [many] إليكم { $count } تذكرة
   *[other] إليكم { $count } تذكرة
}
mail-order-confirmed-body = { $count ->
    [zero] مرحبًا { $name }، تم تأكيد طلبكم.
    [one] مرحبًا { $name }، تم تأكيد طلبكم. تجدون تذكرتكم مرفقة بهذه الرسالة.
    [two] مرحبًا { $name }، تم تأكيد طلبكم. تجدون تذكرتيكم مرفقتين بهذه الرسالة.
    [few] مرحبًا { $name }، تم تأكيد طلبكم. تجدون { $count } تذاكر مرفقة بهذه الرسالة.
    [many] مرحبًا { $name }، تم تأكيد طلبكم. تجدون { $count } تذكرة مرفقة بهذه الرسالة.
   *[other] مرحبًا { $name }، تم تأكيد طلبكم. تجدون { $count } تذكرة مرفقة بهذه الرسالة.
}
mail-order-confirmed-button = عرض طلبي
mail-order-confirmed-download = تنزيل التذاكر (PDF)
mail-order-confirmed-note = عند المدخل، أظهروا رمز QR الخاص بكل تذكرة، على الهاتف أو على الورق. يصلح كل رمز لشخص واحد ولمرة واحدة، فلا تشاركوه إلا مع من سيحضر.

mail-order-refunded-subject = استرداد { $amount } عن { $event }
mail-order-refunded-preheader = المبلغ في طريقه إليكم.
mail-order-refunded-heading = تم ردّ { $amount }
mail-order-refunded-body = مرحبًا { $name }، لقد رددنا إليكم { $amount } من قيمة طلبكم الخاص بـ{ $event }.
mail-order-refunded-button = عرض طلبي
mail-order-refunded-note = يعود المبلغ عبر وسيلة الدفع نفسها، عادةً خلال 5 إلى 10 أيام.
mail-order-refunded-by_hand = أعاد إليكم المنظّم المبلغ مباشرة.
mail-order-refunded-tickets = لم تعد التذاكر المستردّة تسمح بالدخول.

mail-returned-payment-subject = تم ردّ دفعتكم الخاصة بـ{ $event }
mail-returned-payment-preheader = يعود إليكم مبلغ { $amount }، ولم تخسروا شيئًا.
mail-returned-payment-heading = تم ردّ دفعتكم
mail-returned-payment-body = { $why ->
    [expired] مرحبًا { $name }، وصلتنا دفعتكم بقيمة { $amount } الخاصة بـ{ $event } بعد انتهاء المهلة، وكانت التذاكر قد أُعيدت إلى البيع. وقد رددناها إليكم فورًا وبالكامل.
    [cancelled] مرحبًا { $name }، وصلتنا دفعتكم بقيمة { $amount } الخاصة بـ{ $event } بعد إلغاء الطلب. وقد رددناها إليكم فورًا وبالكامل.
    [paid] مرحبًا { $name }، وصلتنا دفعة بقيمة { $amount } خاصة بـ{ $event } مع أن طلبكم كان مدفوعًا. وقد رددناها إليكم فورًا وبالكامل، وتبقى تذاكركم صالحة.
   *[other] مرحبًا { $name }، لم تطابق دفعتكم بقيمة { $amount } الخاصة بـ{ $event } مبلغ الطلب. وقد رددناها إليكم فورًا وبالكامل.
}
mail-returned-payment-button = عرض الفعالية
mail-returned-payment-note = يعود المبلغ عبر وسيلة الدفع نفسها، عادةً خلال 5 إلى 10 أيام. لا يلزمكم القيام بأي شيء.

mail-order-expired-subject = انتهت مهلة طلبكم الخاص بـ{ $event }
mail-order-expired-preheader = لم يُخصم أي مبلغ.
mail-order-expired-heading = انتهت مهلة طلبكم
mail-order-expired-body = مرحبًا { $name }، كانت تذاكر { $event } محجوزة لكم، لكن الدفع لم يصل في الوقت المحدد. وقد أُعيدت التذاكر إلى البيع، ولم يُخصم أي مبلغ.
mail-order-expired-button = اختيار تذاكر من جديد
mail-order-expired-note = إذا ظهرت دفعة في حسابكم البنكي رغم ذلك، فسيُردّ مبلغها تلقائيًا.

mail-find-orders-subject = طلباتكم
mail-find-orders-preheader = روابط تذاكركم كما طلبتم.
mail-find-orders-heading = طلباتكم
mail-find-orders-body = { $count ->
    [zero] لا يوجد أي طلب بهذا العنوان.
    [one] إليكم الطلب المسجَّل بهذا العنوان.
    [two] إليكم الطلبين المسجَّلين بهذا العنوان.
    [few] إليكم { $count } طلبات مسجَّلة بهذا العنوان.
    [many] إليكم { $count } طلبًا مسجَّلًا بهذا العنوان.
   *[other] إليكم { $count } طلب مسجَّل بهذا العنوان.
}
mail-find-orders-link = { $event }، الطلب { $code }
mail-find-orders-note = تفتح هذه الروابط تذاكركم من دون كلمة مرور، فلا تعيدوا توجيه هذه الرسالة. لم تطلبوها؟ تجاهلوها.

mail-event-cancelled-subject = إلغاء: { $event }
mail-event-cancelled-preheader = { $when }: لن تُقام الفعالية.
mail-event-cancelled-heading = أُلغيت فعالية { $event }
mail-event-cancelled-body = مرحبًا { $name }، يؤسفنا إبلاغكم بأن { $organization } اضطرّت إلى إلغاء { $event }.
mail-event-cancelled-tickets = لم تعد تذاكركم صالحة.
mail-event-cancelled-held = لم تعد التذاكر محجوزة لكم، ولم يُخصم أي مبلغ.
mail-event-cancelled-refund = سيُردّ إليكم مبلغ { $amount } تلقائيًا عبر وسيلة الدفع نفسها. لا يلزمكم القيام بأي شيء.
mail-event-cancelled-button = عرض طلبي
mail-event-cancelled-note = لديكم سؤال؟ ردّوا على هذه الرسالة وستجيبكم { $organization }.

## For organizers

mail-sale-subject = عملية بيع جديدة: { $event }
mail-sale-preheader = { $buyer }، { $amount }.
mail-sale-heading = { $count ->
    [zero] لم تُبع أي تذكرة
    [one] بيعت تذكرة واحدة
    [two] بيعت تذكرتان
    [few] بيعت { $count } تذاكر
    [many] بيعت { $count } تذكرة
   *[other] بيعت { $count } تذكرة
}
mail-sale-body = { $count ->
    [zero] طلب جديد من { $buyer } لحضور { $event }.
    [one] طلب جديد من { $buyer }: تذكرة واحدة لحضور { $event }.
    [two] طلب جديد من { $buyer }: تذكرتان لحضور { $event }.
    [few] طلب جديد من { $buyer }: { $count } تذاكر لحضور { $event }.
    [many] طلب جديد من { $buyer }: { $count } تذكرة لحضور { $event }.
   *[other] طلب جديد من { $buyer }: { $count } تذكرة لحضور { $event }.
}
mail-sale-button = عرض الطلب
