// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/schema/briefing.h"

#include <string>
#include <string_view>

/// A briefing as a JSON document: what `chronactl brief` writes and renders, and what is attached
/// to the PDF. docs/guides/briefings.md describes the fields. Pure; any thread.
namespace chrona::formats {

/// Of the document, in its first member. A reader refuses versions that it does not know.
inline constexpr int kBriefingJsonVersion = 1;
/// Of a briefing that bears a language model's words; others stay as they were, byte by byte.
inline constexpr int kBriefingWordsVersion = 2;

/// The same briefing makes the same bytes.
[[nodiscard]] std::string writeBriefingJson(const schema::Briefing &briefing);

/// Strict: an unknown member, a member of another type, a missing one, or a briefing that is not
/// valid fails with InvalidInput and the path of the first thing that is wrong, because a page that
/// silently leaves something out is worse than none.
[[nodiscard]] Result<schema::Briefing> readBriefingJson(std::string_view text);

[[nodiscard]] std::string writeHourlyJson(const schema::HourlyUpdate &update);
/// As strict as the briefing's reader.
[[nodiscard]] Result<schema::HourlyUpdate> readHourlyJson(std::string_view text);

} // namespace chrona::formats
