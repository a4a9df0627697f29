# قائمة الفعاليات: البحث والتصفية والاشتراك.

catalogue-more = مزيد من عوامل التصفية
catalogue-date-from = من
catalogue-date-to = إلى
catalogue-price-max = أعلى سعر
catalogue-price-max-in = أعلى سعر ({ $currency })
catalogue-currency = عملة السعر
catalogue-ordering = الترتيب
catalogue-order-best = الأنسب
catalogue-order-start-date = الأقرب موعدًا أولًا
catalogue-order-down-start-date = الأبعد موعدًا أولًا
catalogue-order-relevance = حسب البحث
catalogue-order-distance = الأقرب مكانًا أولًا
catalogue-order-name = حسب الاسم
catalogue-order-price = الأرخص أولًا
catalogue-order-down-price = الأغلى أولًا
catalogue-order-newest = الأحدث نشرًا أولًا
catalogue-radius = في محيط، بالكيلومترات
catalogue-days = التواريخ
catalogue-cities = المدن
catalogue-near = بالقرب مني
catalogue-near-refused = جهازك لا يحدد مكانك.
catalogue-near-chip = على بعد أقل من { $km } كم منك
catalogue-distance = { $km ->
    [0] أقل من 1 كم
   *[other] { $km } كم
}
catalogue-day-from = من { $day }
catalogue-day-to = إلى { $day }
catalogue-price-to = حتى { $price }
catalogue-active = عوامل التصفية المستعملة
catalogue-remove = إزالة:
catalogue-clear = إزالة الكل
catalogue-count-more = أكثر من { $count } فعالية
catalogue-corrected = نتائج «{ $reads }».
catalogue-as-typed = البحث عن «{ $typed }» بدلًا من ذلك
catalogue-names-only = استغرق البحث وقتًا طويلًا. هذه هي الفعاليات التي تبدأ أسماؤها هكذا؛ أعد المحاولة بعد لحظة أو بكلمات أدق.
catalogue-subscribe = الاشتراك:
catalogue-subscribe-calendar = التقويم
catalogue-subscribe-rss = خلاصة RSS
catalogue-of-organizer = كل فعاليات { $name }

field-coordinates = أدخل خط العرض وخط الطول بالدرجات، مثل 48.8566,2.3522.
field-radius = أدخل عددًا من الكيلومترات بين 0.1 و200.
field-ordering_needs = الترتيب حسب الصلة يتطلب بحثًا، وحسب المسافة يتطلب مكانًا.
