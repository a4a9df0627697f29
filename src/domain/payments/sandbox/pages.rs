//! The card page of the test card service: what a bank's page is in real life.

use minijinja::{Value, context};
use poem::web::{Data, Path};
use poem::{Response, handler};

use super::{Charge, ChargeStatus, Notice, Sandbox};
use crate::base::i18n;
use crate::base::kernel::id::PaymentId;
use crate::base::site::{Filled, Form, Visitor, see_other, shown};
use crate::base::web::{ApiResult, Problem};
use crate::domain::payments::{Payments, Standing};

/// What the page works with.
#[derive(Clone)]
pub struct CardPage {
    /// In production it knows the charges of test orders alone.
    service: Sandbox,
    merchant: Payments,
}

impl CardPage {
    pub fn new(service: Sandbox, merchant: Payments) -> Self {
        Self { service, merchant }
    }

    async fn charge(&self, payment: PaymentId) -> ApiResult<Charge> {
        self.service.payable(payment).await?.ok_or_else(Problem::not_found)
    }
}

fn page_context(visitor: &Visitor, charge: &Charge, form: &Filled) -> Value {
    let cards = [(super::GOOD_CARD, "ok"), (super::DECLINED_CARD, "bad"), (super::SILENT_CARD, "warn")];
    context! {
        amount => i18n::money(visitor.lang, charge.amount), description => charge.description.as_str(),
        back => charge.return_url.as_deref().unwrap_or("/"), form => shown(form), open => charge.status == ChargeStatus::Open,
        paid => charge.status == ChargeStatus::Succeeded,
        cards => cards.map(|(number, kind)| (spaced(number), kind)).to_vec(),
    }
}

/// A card's number as it is printed.
fn spaced(number: &str) -> String {
    let digits: Vec<char> = number.chars().collect();
    digits.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// `GET /pay/sandbox/{payment}`.
#[handler]
pub async fn card_page(
    visitor: Visitor,
    Path(payment): Path<PaymentId>,
    Data(page): Data<&CardPage>,
) -> ApiResult<Response> {
    let charge = page.charge(payment).await?;
    let form = Filled::with([("card_number", spaced(super::GOOD_CARD))]);
    visitor.page("pay/sandbox.html", page_context(&visitor, &charge, &form))
}

/// `POST /pay/sandbox/{payment}`: a declined card leaves the hold, and another try.
#[handler]
pub async fn use_card_page(
    visitor: Visitor,
    Path(payment): Path<PaymentId>,
    Data(page): Data<&CardPage>,
    form: Form,
) -> ApiResult<Response> {
    let charge = page.charge(payment).await?;
    match page.service.authorize(payment, form.text("card_number"), None).await {
        Ok((charge, notice)) => {
            if notice == Notice::Sent {
                // If it is lost, by a crash here, polling finds out.
                let scope = visitor.entrance.scope(payment).await?;
                page.merchant.notice(&scope, payment, Standing::Succeeded(charge.amount)).await?;
            }
            Ok(see_other(charge.return_url.as_deref().unwrap_or("/")))
        }
        Err(error) => {
            let problem = Problem::from(error);
            if problem.status().is_server_error() {
                return Err(problem);
            }
            let mut filled = Filled::refused(&form, &problem, visitor.lang);
            filled.set("card_number", form.text("card_number"));
            visitor.refused(&problem, "pay/sandbox.html", page_context(&visitor, &charge, &filled))
        }
    }
}
