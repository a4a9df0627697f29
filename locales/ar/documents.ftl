# The labels of the ticket as a PDF.
document-ticket-title = تذكرة
document-ticket-holder = الاسم
document-ticket-type = نوع التذكرة
document-ticket-price = السعر
document-ticket-code = رمز التذكرة
document-ticket-order = الطلب
document-ticket-when = الموعد
document-ticket-place = المكان
document-ticket-map = فتح الخريطة
document-ticket-terms = الشروط
document-ticket-instructions = أظهروا رمز QR هذا عند المدخل، على الورق أو على الهاتف. يصلح لشخص واحد ولمرة واحدة، فلا تشاركوه مع أحد.
document-ticket-fold = خط الطي
document-ticket-free = مجاني
