# الفعاليات: ما يقرؤه المنظّم عند حدوث خطأ، وأنواع الفعاليات.
problem-events-slug_taken = هذا العنوان مستعمل لفعالية أخرى. اختاروا عنوانًا آخر.
problem-events-quota_below_sold = عدد التذاكر المبيعة أو المحجوزة أكبر من أماكن الحصة. اختاروا حجمًا أكبر.
problem-events-has_orders = توجد طلبات، لذلك لا يمكن الحذف. ألغوا الفعالية أو أوقفوا البيع.
problem-events-currency_fixed = لا يمكن تغيير العملة بعد إضافة أنواع التذاكر إلى الفعالية.
problem-events-cancelled = هذه الفعالية ملغاة، فلا يمكن نشرها أو بيع تذاكرها.

field-year_out_of_range = اختاروا تاريخًا بين سنتي 2000 و2100.
field-no_file = لا يمكن إرسال ملف هنا. أرسلوا الحقول الأخرى من دونه.
field-percentage = أدخلوا نسبة مئوية من 0 إلى 100 بمنزلتين عشريتين على الأكثر، مثل 20 أو 5.5.

# الحصة التي تمثّل سعة الفعالية.
events-whole-event = الفعالية كاملة

events-category-conference = مؤتمر
events-category-concert = حفل موسيقي
events-category-workshop = ورشة
events-category-exhibition = معرض
events-category-sport = رياضة
events-category-festival = مهرجان
events-category-meeting = لقاء
events-category-training = تكوين
events-category-theatre = مسرح
events-category-other = أخرى
