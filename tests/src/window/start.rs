// SPDX-License-Identifier: EUPL-1.2
//! How one comes to work in a window: the first start with the centre's code, and the log-in.

use super::Window;
use crate::Office;
use crate::office::PASSPHRASE;
use fantoccini::key::Key;
use sportello_central::NewDesk;

impl Window {
    /// The first start, as the person at the new desk does it.
    pub async fn first_start(&self, office: &Office, new: &NewDesk, role: &str) {
        let code = office.invite(new).code.to_string();
        self.find("[name=server] input").await;
        self.inspect("primo-avvio").await;
        self.fill("[name=server] input", &office.url).await;
        self.fill("[name=code] input", &code).await;
        self.special(Key::Enter).await;
        self.fill("[name=name] input", "Ada Neri").await;
        self.fill("[name=username] input", "ada").await;
        let choose = format!("document.querySelector('[name=role] input[value={role}]')");
        self.until("the roles are there", &choose).await;
        self.client
            .execute(&format!("{choose}.click(); return true"), vec![])
            .await
            .unwrap();
        self.fill("[name=passphrase] input", PASSPHRASE).await;
        self.fill("[name=again] input", PASSPHRASE).await;
        self.inspect("primo-operatore").await;
        self.special(Key::Enter).await;
        self.find("[data-testid=recovery-key]").await;
        self.inspect("chiave-di-recupero").await;
        let noted = "document.querySelector('[name=noted] input').click(); return true";
        self.client.execute(noted, vec![]).await.unwrap();
        let begin = "[...document.querySelectorAll('.sp-actions button')].at(-1)";
        self.until(
            "the key was noted",
            &format!("{begin} && {begin}.getAttribute('aria-disabled') !== 'true' && !{begin}.disabled"),
        )
        .await;
        self.client
            .execute(&format!("{begin}.click(); return true"), vec![])
            .await
            .unwrap();
    }

    /// Lets the person of the first start in.
    pub async fn log_in(&self) {
        self.find("[data-testid=login-enter]").await;
        self.fill("[name=username] input", "ada").await;
        self.fill("[name=passphrase] input", PASSPHRASE).await;
        self.special(Key::Enter).await;
        self.find("[data-testid=footbar]").await;
    }
}
