// SPDX-License-Identifier: EUPL-1.2
//! The window as it is worked with by hands that never leave the keyboard: keys go to whatever has the focus, and nothing is
//! focused or pressed from outside.

use super::Window;
use fantoccini::key::Key;
use serde_json::json;
use std::time::Duration;

/// Presses of Tab after which what is looked for cannot be reached.
const TABS: usize = 160;

impl Window {
    /// A key while Ctrl or Alt is held.
    pub async fn chord(&self, held: Key, key: &str) {
        // The second one lets go again.
        let keys = format!("{}{key}{}", char::from(held), char::from(held));
        self.key(&keys).await;
    }

    /// Types into what has the focus; then rests for so long that nothing that follows is taken for a scanner's last key.
    pub async fn type_text(&self, text: &str) {
        self.key(text).await;
        tokio::time::sleep(Duration::from_millis(90)).await;
    }

    /// Types a text in place of what stands in the field that has the focus.
    pub async fn replace_text(&self, text: &str) {
        self.chord(Key::Control, "a").await;
        self.type_text(text).await;
    }

    /// Whether the focus is on what a selector finds.
    async fn is_at(&self, css: &str) -> bool {
        let script = format!("return document.activeElement?.matches({}) === true", json!(css));
        let answer = self.client.execute(&script, vec![]).await;
        answer.is_ok_and(|found| found == json!(true))
    }

    /// Waits until the focus is where the page was to put it.
    pub async fn until_at(&self, css: &str) {
        let script = format!("document.activeElement?.matches({}) === true", json!(css));
        self.until(&format!("the focus is at {css}"), &script).await;
    }

    /// Tab, until the focus is on what a selector finds.
    pub async fn tab_to(&self, css: &str) {
        self.find(css).await;
        for _ in 0..TABS {
            if self.is_at(css).await {
                return;
            }
            self.special(Key::Tab).await;
        }
        self.picture("unreached").await;
        panic!("Tab never comes to {css}");
    }

    /// To the row of somebody on Oggi: up to the box, whatever row has the focus, and down from there.
    pub async fn to_row_of(&self, name: &str) {
        let in_a_row = "return document.activeElement?.closest('[data-row]') !== null";
        for _ in 0..40 {
            if self.client.execute(in_a_row, vec![]).await.unwrap() != json!(true) {
                break;
            }
            self.special(Key::Up).await;
        }
        if !self.is_at("[data-testid=oggi-who]").await {
            self.special(Key::F3).await;
            self.until_at("[data-testid=oggi-who]").await;
        }
        let there = format!(
            "return document.activeElement?.closest('[data-row]')?.innerText.includes({}) === true",
            json!(name)
        );
        for _ in 0..40 {
            if self.client.execute(&there, vec![]).await.unwrap() == json!(true) {
                return;
            }
            self.special(Key::Down).await;
        }
        self.picture("unreached").await;
        panic!("arrow down never comes to the row of {name}");
    }

    /// Does what Ctrl+K finds under these words.
    pub async fn palette(&self, words: &str) {
        self.chord(Key::Control, "k").await;
        self.until_at("dialog[open] .sp-palette input").await;
        self.type_text(words).await;
        let script = format!(
            "document.querySelector('dialog[open] .sp-palette [role=option][aria-selected=true]')?.innerText.toLowerCase().includes({})",
            json!(words.to_lowercase())
        );
        self.until(&format!("{words:?} was found"), &script).await;
        self.special(Key::Enter).await;
        self.until(
            "the search is closed",
            "document.querySelector('dialog[open] .sp-palette') === null",
        )
        .await;
    }
}
