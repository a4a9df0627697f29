//! Tickets of every kind of length and language. With `PARVIS_TEST_OUT=<directory>` the PDFs are kept to look at.

use super::*;

fn labels(lang: Lang) -> TicketLabels {
    let words: [&str; 11] = match lang {
        Lang::Ar => [
            "صاحب التذكرة",
            "الفئة",
            "السعر",
            "رمز التذكرة",
            "الطلب",
            "الموعد",
            "المكان",
            "عرض الخريطة",
            "الشروط",
            "أظهر هذا الرمز عند المدخل، على الهاتف أو مطبوعاً. كل تذكرة صالحة لدخول شخص واحد مرة واحدة.",
            "اطوِ الورقة هنا",
        ],
        Lang::En => [
            "Ticket holder",
            "Ticket",
            "Price",
            "Ticket code",
            "Order",
            "When",
            "Where",
            "See the map",
            "Terms",
            "Show this code at the door, on your phone or on paper. Each ticket lets one person in, once.",
            "Fold here",
        ],
        Lang::Fr => [
            "Titulaire",
            "Tarif",
            "Prix",
            "Code du billet",
            "Commande",
            "Date",
            "Lieu",
            "Voir le plan",
            "Conditions",
            "Présentez ce code à l’entrée, sur téléphone ou sur papier. Chaque billet fait entrer une personne, une fois.",
            "Pliez ici",
        ],
    };
    let [holder, ticket_type, price, code, order, when, place, map, terms, instructions, fold] =
        words.map(String::from);
    TicketLabels { holder, ticket_type, price, code, order, when, place, map, terms, instructions, fold }
}

fn sheet(lang: Lang) -> TicketSheet {
    let words: [&str; 8] = match lang {
        Lang::Ar => [
            "ليلة الأرغن: ثلاثة قرون في أمسية واحدة",
            "جمعية أصدقاء الأرغن",
            "السبت 12 ديسمبر 2026، من 20:30 إلى 23:00",
            "كاتدرائية سانت إتيان، بورج",
            "فاطمة الزهراء بوزيد",
            "السعر الكامل",
            "24,00 €",
            "التذكرة شخصية، ويمكن تغيير الاسم حتى 10 ديسمبر 2026 من صفحة الطلب. لا يُسترد المبلغ إلا عند إلغاء الحفل. \
             تُغلق الأبواب عند بداية الحفل ولا يُسمح بالدخول بعدها إلا في الاستراحة.",
        ],
        Lang::En => [
            "Organ night: three centuries in one evening",
            "Friends of the Grand Organ",
            "Saturday 12 December 2026, 8:30 pm to 11 pm",
            "Bourges Cathedral",
            "Camille Rousseau",
            "Full price",
            "€24.00",
            "The ticket is personal; the name may be changed until 10 December 2026.",
        ],
        Lang::Fr => [
            "Nuit des orgues : trois siècles en une soirée",
            "Les Amis du Grand Orgue",
            "Samedi 12 décembre 2026, de 20 h 30 à 23 h",
            "Cathédrale Saint-Étienne, Bourges",
            "Camille Rousseau",
            "Plein tarif",
            "24,00 €",
            "Le billet est nominatif ; le nom peut être changé jusqu’au 10 décembre 2026 depuis la page de la commande. \
             Il n’est remboursé que si l’événement est annulé. Les portes ferment au début du concert, et l’on \
             n’entre plus ensuite qu’à l’entracte. Un justificatif peut être demandé pour les tarifs réduits.",
        ],
    };
    let [title, organizer, when, place, holder, ticket_type, price, terms] = words.map(String::from);
    TicketSheet {
        lang,
        labels: labels(lang),
        title,
        organizer,
        when,
        place,
        map_url: Some("https://www.openstreetmap.org/?mlat=47.0822&mlon=2.3987".into()),
        holder,
        ticket_type,
        price,
        code: "7K4W-Q2MH".into(),
        order_code: "NDO-7K4WQ".into(),
        terms: Some(terms),
        notice: None,
        qr: format!("PV1.{}.{}", "aZ3_".repeat(5) + "xY", "Qm9-".repeat(21) + "zz"),
    }
}

fn longest(lang: Lang) -> TicketSheet {
    let mut ticket = sheet(lang);
    let many = |text: &str, count: usize| format!("{text} ").repeat(count);
    ticket.title = many(&ticket.title, 5);
    ticket.organizer = many(&ticket.organizer, 8);
    ticket.when = many(&ticket.when, 5);
    ticket.place = many(&ticket.place, 8);
    ticket.holder = format!("{} {}@example.com", many(&ticket.holder, 8), "very-long-address.".repeat(12));
    ticket.ticket_type = many(&ticket.ticket_type, 20);
    ticket.price = "123 456 789,00 DZD".into();
    ticket.order_code = "ORDER-CODE-THAT-IS-TOO-LONG-FOR-ITS-PLACE".into();
    ticket.terms = Some(many(&ticket.terms.unwrap(), 25));
    ticket.labels.instructions = many(&ticket.labels.instructions, 10);
    ticket
}

/// Makes the PDF in both sizes, keeps them to look at when asked, and counts their pages.
fn pages(name: &str, tickets: &[TicketSheet]) -> usize {
    let counts = [TicketPaper::A4, TicketPaper::A6].map(|size| {
        let pdf = tickets_pdf(tickets, size).unwrap();
        assert!(pdf.starts_with(b"%PDF-"), "{name}");
        if let Ok(directory) = std::env::var("PARVIS_TEST_OUT") {
            std::fs::write(format!("{directory}/{name}-{size:?}.pdf"), &pdf).unwrap();
        }
        let text = String::from_utf8_lossy(&pdf);
        text.matches("/Type/Page/").count() + text.matches("/Type/Page\n").count()
    });
    assert_eq!(counts[0], counts[1], "{name}");
    counts[0]
}

#[test]
fn every_ticket_has_a_page_in_every_language() {
    for lang in Lang::ALL {
        let mut second = sheet(lang);
        second.holder = "Idir Benali / إيدير بن علي".into();
        second.qr = "PV1.second".into();
        let mut third = sheet(lang);
        third.terms = None;
        third.map_url = None;
        assert_eq!(pages(&format!("one-{lang}"), &[sheet(lang)]), 1);
        assert_eq!(pages(&format!("three-{lang}"), &[sheet(lang), second, third]), 3);
    }
}

#[test]
fn no_length_spills_onto_another_page() {
    for lang in [Lang::Fr, Lang::Ar] {
        assert_eq!(pages(&format!("longest-{lang}"), &[longest(lang)]), 1, "{lang}");
    }
}

#[test]
fn no_text_without_spaces_leaves_the_page() {
    let mut solid = sheet(Lang::Fr);
    for text in [&mut solid.title, &mut solid.holder, &mut solid.place, &mut solid.organizer, &mut solid.code]
    {
        *text = "W".repeat(280);
    }
    solid.terms = Some("W\n".repeat(500));
    assert_eq!(pages("solid", &[solid]), 1);
}

#[test]
fn nothing_that_people_type_is_markup_or_breaks_the_page() {
    let mut ticket = sheet(Lang::Fr);
    ticket.title = "#panic() *a* $x$ \\ 🎉 漢字 \u{0}<b>".into();
    ticket.holder = String::new();
    ticket.place = " ".into();
    ticket.terms = Some(String::new());
    ticket.map_url = Some("javascript:alert(1)".into());
    assert_eq!(pages("odd", &[ticket]), 1);
    assert_eq!(web_address("javascript:alert(1)"), None);
}

#[test]
fn a_code_beyond_qr_is_an_error() {
    let mut ticket = sheet(Lang::En);
    ticket.qr = "x".repeat(4000);
    assert!(matches!(tickets_pdf(&[ticket], TicketPaper::A4), Err(DocumentError::QrTooLong(_))));
}

/// Not a check but a figure: `cargo test --lib --release hundred -- --ignored --nocapture`.
#[test]
#[ignore = "measures"]
fn a_hundred_tickets() {
    let tickets: Vec<TicketSheet> = (0..100)
        .map(|i| TicketSheet { qr: format!("{}{i}", sheet(Lang::Fr).qr), ..sheet(Lang::Fr) })
        .collect();
    for paper in [TicketPaper::A4, TicketPaper::A6] {
        for count in [1, 1, 1, 100, 100] {
            let start = std::time::Instant::now();
            let length = tickets_pdf(&tickets[..count], paper).unwrap().len();
            println!("{count} tickets on {paper:?}: {:?}, {length} bytes", start.elapsed());
        }
    }
}
