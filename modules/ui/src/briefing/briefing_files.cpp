// SPDX-License-Identifier: AGPL-3.0-or-later
#include "briefing/briefing_files.h"

#include "chrona/formats/briefing_json.h"
#include "chrona/report/export.h"

#include <QLocale>

#include <filesystem>

using namespace Qt::StringLiterals;

namespace chrona::ui {

BriefingFormat briefingFormatOf(const QString &path)
{
    if (path.endsWith(".html"_L1, Qt::CaseInsensitive))
        return BriefingFormat::Html;
    if (path.endsWith(".md"_L1, Qt::CaseInsensitive))
        return BriefingFormat::Markdown;
    if (path.endsWith(".json"_L1, Qt::CaseInsensitive))
        return BriefingFormat::Json;
    const bool isMetric = QLocale().measurementSystem() != QLocale::ImperialUSSystem;
    return isMetric ? BriefingFormat::PdfA4 : BriefingFormat::PdfLetter;
}

Status writeBriefing(const schema::Briefing &briefing, const QString &path, BriefingFormat format,
                     std::stop_token stop)
{
    const std::filesystem::path file(path.toStdString());
    const auto write = [&](const std::string &content) {
        return report::writeWhole(file, content);
    };
    switch (format) {
    case BriefingFormat::PdfA4:
    case BriefingFormat::PdfLetter: {
        report::PdfOptions options;
        options.page =
            format == BriefingFormat::PdfA4 ? report::PageSize::A4 : report::PageSize::Letter;
        options.attachments = {{"evidence.json", "application/json",
                                formats::writeBriefingJson(report::exportable(briefing))}};
        options.stop = std::move(stop);
        return report::toPdf(briefing, options).and_then(write);
    }
    case BriefingFormat::Html: return report::toHtml(briefing).and_then(write);
    case BriefingFormat::Markdown: return write(report::toMarkdown(briefing));
    case BriefingFormat::Json:
        return write(formats::writeBriefingJson(report::exportable(briefing)));
    }
    return {};
}

} // namespace chrona::ui
