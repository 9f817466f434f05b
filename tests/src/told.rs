// SPDX-License-Identifier: EUPL-1.2
//! What a person is told when something is wrong: never a code alone.

use sportello_desk::DeskError;
use sportello_desk::query::Language;
use sportello_desk::view::Problem;

/// Checks that a problem is told as a person needs it.
pub fn assert_told(problem: &Problem) {
    let Problem { code, message } = problem;
    let words = message.split_whitespace().count();
    assert!(
        words >= 8 && message.ends_with(['.', '!', '?']),
        "{code} is told as {message:?}"
    );
    // The general sentence names the code: there was no sentence of its own.
    let technical = code.contains(['_', '.']);
    assert!(
        !technical || !message.contains(code.as_str()),
        "{code} has no sentence of its own: {message:?}"
    );
    assert!(
        !message.contains(['{', '}']),
        "{code} is told with a hole: {message:?}"
    );
}

/// The code of an error that is told as it should be, in both languages.
pub fn code_told(error: &DeskError) -> String {
    for language in [Language::It, Language::En] {
        assert_told(&error.problem(language));
    }
    error.code()
}
