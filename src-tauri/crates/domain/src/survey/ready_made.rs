// SPDX-License-Identifier: EUPL-1.2
//! The questionnaire of 2021, ready to be looked over and approved.

use super::content::{Content, Dimension, Form, Question, Section, When, Words};

/// A figure of July 2019 (Comune di Firenze): its key and the satisfied, in tenths of a percent.
pub const BASELINE_2019: [(&str, u16); 3] = [("competence", 836), ("courtesy", 851), ("waiting", 565)];

fn words(it: &str, en: &str) -> Words {
    [("it".to_owned(), it.to_owned()), ("en".to_owned(), en.to_owned())].into()
}

fn ask(key: &str, it: &str, en: &str, form: Form) -> Question {
    Question {
        key: key.to_owned(),
        text: words(it, en),
        form,
        when: None,
        baseline: None,
    }
}

fn satisfied(key: &str, it: &str, en: &str) -> Question {
    let form = Form::Scale {
        low: words("Per niente", "Not at all"),
        high: words("Molto", "Very much"),
    };
    Question {
        baseline: Some(key.to_owned()),
        ..ask(key, it, en, form)
    }
}

fn after_ease(question: Question, among: &[u8]) -> Question {
    let when = When {
        question: "ease".to_owned(),
        among: among.iter().copied().collect(),
    };
    Question {
        when: Some(when),
        ..question
    }
}

fn aspects() -> Form {
    let options = vec![
        words("Il tempo di attesa", "The waiting time"),
        words("La chiarezza delle informazioni", "How clear the information was"),
        words("La cortesia", "The courtesy"),
        words("La competenza", "The competence"),
        words("Gli orari e la sede", "The hours and the place"),
        words("Altro", "Something else"),
    ];
    Form::Choice { many: true, options }
}

/// Its content, in Italian and English.
pub fn questionnaire_2021() -> Content {
    let ease = Form::Scale {
        low: words("Molto difficile", "Very hard"),
        high: words("Molto facile", "Very easy"),
    };
    let rows = vec![
        words("Locali e attrezzature", "Rooms and equipment"),
        words("Affidabilità del servizio", "Reliability of the service"),
        words("Prontezza nel rispondere", "Readiness to respond"),
        words("Competenza e cortesia", "Competence and courtesy"),
        words("Attenzione alla persona", "Attention to the person"),
    ];
    let overall = vec![
        ask(
            "faces",
            "Come valuta il servizio ricevuto oggi?",
            "How was the service today?",
            Form::Faces,
        ),
        ask(
            "ease",
            "Quanto è stato facile usare questo servizio?",
            "How easy was it to use this service?",
            ease,
        ),
        after_ease(
            ask(
                "liked",
                "Quali sono stati gli aspetti che hai preferito?",
                "What did you like most?",
                aspects(),
            ),
            &[4, 5],
        ),
        after_ease(
            ask(
                "hard",
                "Dove hai incontrato le maggiori difficoltà?",
                "Where did you meet the greatest difficulties?",
                aspects(),
            ),
            &[1, 2, 3],
        ),
        ask(
            "dimensions",
            "Quanto è importante per Lei, e come lo giudica?",
            "How important is it to you, and how do you judge it?",
            Form::Matrix { rows },
        ),
    ];
    let words_of_citizens = ask(
        "words",
        "Vuole aggiungere qualcosa? (non scriva nomi)",
        "Anything to add? (please write no names)",
        Form::Text,
    );
    let section = |dimension, questions| Section { dimension, questions };
    Content {
        languages: vec!["it".to_owned(), "en".to_owned()],
        title: words(
            "Il Suo parere sullo Sportello al cittadino",
            "Your opinion of the citizen desk",
        ),
        intro: words(
            "Le risposte sono anonime: nessuno saprà chi le ha date.",
            "Answers are anonymous: nobody will know who gave them.",
        ),
        thanks: words("Grazie per il Suo tempo.", "Thank you for your time."),
        sections: vec![
            section(Dimension::Overall, overall),
            section(
                Dimension::Responsiveness,
                vec![satisfied(
                    "waiting",
                    "È soddisfatto del tempo di attesa?",
                    "Are you satisfied with the waiting time?",
                )],
            ),
            section(
                Dimension::Assurance,
                vec![
                    satisfied(
                        "competence",
                        "È soddisfatto della competenza?",
                        "Are you satisfied with the competence?",
                    ),
                    satisfied(
                        "courtesy",
                        "È soddisfatto della cortesia?",
                        "Are you satisfied with the courtesy?",
                    ),
                ],
            ),
            section(Dimension::Other, vec![words_of_citizens]),
        ],
    }
}
