//! Tables as a spreadsheet program will see them.

use super::*;
use crate::base::kernel::money::Currency;

fn euros(minor: i64) -> Cell {
    Cell::Money(Money::from_minor(minor, Currency::parse("EUR").unwrap()))
}

fn text(text: &str) -> Cell {
    Cell::Text(text.into())
}

fn evening() -> Cell {
    Cell::Time(DateTime::parse_from_rfc3339("2026-12-12T20:30:00+01:00").unwrap())
}

fn csv_of(rows: &[Vec<Cell>], headers: &[&str]) -> String {
    let mut sheet = Sheet::new(Format::Csv, "Participants", headers).unwrap();
    for row in rows {
        sheet.row(row).unwrap();
    }
    String::from_utf8(sheet.finish().unwrap()).unwrap()
}

#[test]
fn a_csv_is_what_excel_and_programs_read() {
    let rows = [vec![text("Éloïse, \"Lou\""), Cell::Integer(-3), euros(3000), evening(), Cell::Empty]];
    assert_eq!(
        csv_of(&rows, &["Nom", "Places", "Prix", "Début", "Note"]),
        "\u{feff}Nom,Places,Prix,Début,Note\r\n\"Éloïse, \"\"Lou\"\"\",-3,30.00,2026-12-12 20:30:00,\r\n"
    );
}

#[test]
fn a_csv_never_holds_a_formula() {
    for risky in ["=1+1", "+33 6", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"] {
        let file = csv_of(&[vec![text(risky), euros(-500)]], &["=A", "B"]);
        let mut reader = csv::Reader::from_reader(file.trim_start_matches('\u{feff}').as_bytes());
        assert_eq!(&reader.headers().unwrap()[0], "'=A");
        let row = reader.records().next().unwrap().unwrap();
        assert_eq!(&row[0], format!("'{risky}"));
        assert_eq!(&row[1], "-5.00", "an amount is no text");
    }
}

#[test]
fn an_xlsx_is_an_archive_in_both_directions() {
    for mirrored in [false, true] {
        let name = "Ventes [été]: '26/27' et un titre bien trop long";
        let mut sheet = Sheet::new(Format::Xlsx, name, &["Nom", "Places", "Prix", "Début"]).unwrap();
        if mirrored {
            sheet = sheet.right_to_left();
        }
        let yen = Cell::Money(Money::from_minor(1200, Currency::parse("JPY").unwrap()));
        sheet.row(&[text("=1+1"), Cell::Integer(2), euros(123_456), evening()]).unwrap();
        sheet.row(&[text(&"é".repeat(40_000)), Cell::Integer(i64::MAX), yen, Cell::Empty]).unwrap();
        let ancient = Cell::Time(DateTime::parse_from_rfc3339("1066-10-14T09:00:00Z").unwrap());
        sheet.row(&[Cell::Empty, Cell::Empty, Cell::Empty, ancient]).unwrap();
        let bytes = sheet.finish().unwrap();
        assert!(bytes.starts_with(b"PK\x03\x04"));
        if let Ok(directory) = std::env::var("PARVIS_TEST_OUT") {
            std::fs::write(format!("{directory}/sheet-{mirrored}.xlsx"), bytes).unwrap();
        }
    }
}

#[test]
fn a_row_that_does_not_match_the_headers_is_refused() {
    for format in [Format::Xlsx, Format::Csv] {
        let mut sheet = Sheet::new(format, "A", &["A", "B"]).unwrap();
        let error = sheet.row(&[Cell::Empty]).unwrap_err();
        assert!(matches!(error, DocumentError::Columns { expected: 2, got: 1 }));
    }
}

#[test]
fn any_name_makes_a_sheet() {
    for name in ["", "''", "[]", "a/b", "🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉", "تذاكر", "History'"]
    {
        assert!(Sheet::new(Format::Xlsx, name, &["A"]).is_ok(), "{name:?}");
    }
}

#[test]
fn a_table_can_be_written_on_another_thread() {
    fn sent<T: Send>() {}
    sent::<Sheet>();
}
