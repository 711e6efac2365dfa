// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/report/pages.h"

#include <QString>

#include <vector>

/// What a part of a page says and on what it rests. Pure.
namespace chrona::ui {

struct PartEvidence {
    QString text;  ///< of the statement, the row or the finding
    QString basis; ///< "computed, certain to 80 %"; empty for what is no statement
    QString words; ///< whose words the text is in, where a language model's; else empty
    QString given; ///< what was said before them
    std::vector<schema::Citation> citations; ///< by their numbers; what is not cited is left out
};

/// Parts that are not there, and headings, have nothing.
[[nodiscard]] PartEvidence evidenceOf(const schema::Briefing &briefing,
                                      const report::PagePart &part);

/// The statement's key, by which two editions are compared; empty for anything else.
[[nodiscard]] std::string keyOf(const schema::Briefing &briefing, const report::PagePart &part);

/// "Event · The Wire · 2026-11-20 14:05 UTC"
[[nodiscard]] QString citationLine(const schema::Citation &citation);

} // namespace chrona::ui
