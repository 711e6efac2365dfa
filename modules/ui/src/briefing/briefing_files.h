// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/schema/briefing.h"

#include <QString>

#include <cstdint>
#include <stop_token>

namespace chrona::ui {

enum class BriefingFormat : std::uint8_t { PdfA4, PdfLetter, Html, Markdown, Json };

/// By the ending of its name; a PDF in the page size of the user's country.
[[nodiscard]] BriefingFormat briefingFormatOf(const QString &path);
/// Writes what may be passed on of a briefing. The file is whole, or as it was: so too where it is
/// stopped, which a PDF can be.
[[nodiscard]] Status writeBriefing(const schema::Briefing &briefing, const QString &path,
                                   BriefingFormat format, std::stop_token stop = {});

} // namespace chrona::ui
