// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/schema/briefing.h"

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

/// A briefing as a page to be sent: PDF, HTML, Markdown. All of them show what `exportable` leaves,
/// treat every text as hostile, and make the same bytes of the same briefing.
namespace chrona::report {

/// The briefing without what may not leave this installation: statements, rows, charts and maps
/// that rest on a source whose terms forbid redistribution, or whose terms nobody knows. What was
/// taken out is counted and its sources are named in the section on data health, and their
/// citations are gone.
[[nodiscard]] schema::Briefing exportable(const schema::Briefing &briefing);

enum class PageSize : std::uint8_t { A4, Letter };

/// A file inside the PDF.
struct Attachment {
    std::string name; ///< plain, without folders: "evidence.json"
    std::string mimeType;
    std::string content;
};

struct PdfOptions {
    PageSize page = PageSize::A4;
    std::vector<Attachment> attachments;
    std::stop_token stop; ///< asked between sections and pages
};

/// Needs a QGuiApplication, for fonts; no display ("offscreen" does). Vectors throughout, fonts
/// embedded, links on the sources. Dated by the briefing's `generatedAt`, not by the clock.
/// Unavailable where there is no QGuiApplication or the PDF could not be made, Cancelled where it
/// was stopped.
[[nodiscard]] Result<std::string> toPdf(const schema::Briefing &briefing,
                                        const PdfOptions &options = {});
/// One file without script or anything that is fetched. Charts and maps are inline SVG. Needs a
/// QGuiApplication too.
[[nodiscard]] Result<std::string> toHtml(const schema::Briefing &briefing);
/// CommonMark with tables and footnotes; charts and maps become their findings.
[[nodiscard]] std::string toMarkdown(const schema::Briefing &briefing);

/// Written beside its name, flushed to the disk and renamed: whoever looks finds the old file or
/// the new one, also after a power cut. Unavailable with the cause; then nothing is left behind.
[[nodiscard]] Status writeWhole(const std::filesystem::path &path, std::string_view content);

} // namespace chrona::report
