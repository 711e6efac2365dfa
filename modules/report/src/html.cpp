// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/report/export.h"

#include "citation_numbers.h"
#include "figures.h"
#include "page_style.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QGuiApplication>
#include <QPainter>
#include <QSvgGenerator>

#include <format>

namespace chrona::report {
namespace {

constexpr std::string_view kStyle =
    "body{font:15px/1.5 Inter,-apple-system,'Segoe UI',sans-serif;color:#141a21;background:#fff;"
    "max-width:52rem;margin:2rem auto;padding:0 1.25rem;font-variant-numeric:tabular-nums}"
    "h1{font-size:1.7rem;line-height:1.25;margin:.4rem 0}h2{font-size:1.1rem;color:#0f3a6b;"
    "border-bottom:1px solid #9aa5b1;padding-bottom:.2rem;margin:2rem 0 .8rem}"
    ".brand{color:#0f3a6b;font-weight:600;letter-spacing:.12em;border-bottom:3px solid #0f3a6b}"
    ".known,footer,.sources,figcaption small{color:#48535f;font-size:.85rem}"
    ".scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9rem}"
    "caption,figcaption{text-align:left;font-weight:600;padding:.4rem 0}"
    "th{text-align:left;font-size:.8rem;color:#48535f;border-bottom:1px solid #9aa5b1}"
    "td,th{padding:.25rem .6rem .25rem 0;vertical-align:top}td{border-bottom:1px solid #d5dce3}"
    ".n{text-align:right;white-space:nowrap}sup{font-size:.7em;line-height:0}a{color:#1766c2;"
    "text-decoration:none}a:focus,a:hover{text-decoration:underline}figure{margin:1rem 0}"
    "svg{width:100%;height:auto;display:block}.mark{color:#b8520b;font-weight:600}"
    "@media print{body{margin:0;max-width:none}}";

std::string escapedHtml(std::string_view text)
{
    std::string out;
    for (const char c : shown(text)) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&#39;"; break;
        default: out += c;
        }
    }
    return out;
}

std::string styleHash()
{
    const QByteArray style(kStyle.data(), qsizetype(kStyle.size()));
    return QCryptographicHash::hash(style, QCryptographicHash::Sha256).toBase64().toStdString();
}

std::string marks(const std::vector<std::uint32_t> &numbers)
{
    if (numbers.empty())
        return {};
    std::string text = "<sup>";
    for (std::size_t i = 0; i < numbers.size(); ++i)
        text += std::format("{}<a href=\"#source-{}\">{}</a>", i == 0 ? "" : ",", numbers[i],
                            numbers[i]);
    return text + "</sup>";
}

/// The picture as an SVG element, without the document around it.
template <class Paint> std::string svgOf(double width, double height, Paint paint)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setViewBox(QRectF(0, 0, width, height));
    QPainter painter(&generator);
    paint(painter, QRectF(0, 0, width, height));
    painter.end();
    const qsizetype begin = bytes.indexOf("<svg");
    return begin < 0 ? std::string() : bytes.mid(begin).toStdString();
}

struct BlockHtml {
    const CitationNumbers &numbers;
    std::string &out;
    static constexpr double kWidth = 5'000;

    void operator()(const schema::Statement &statement) const
    {
        const std::string_view mark = markOf(statement.basis);
        out += "<p>";
        if (!mark.empty())
            out += std::format("<strong>{}</strong> ", escapedHtml(mark));
        out += escapedHtml(statement.text) + marks(numbers.of(statement.evidence));
        if (const auto words = wordsMarkOf(statement); !words.empty())
            out += std::format(" <small>{}</small>", escapedHtml(words));
        out += "</p>\n";
    }
    void operator()(const schema::Table &table) const
    {
        const auto shared = sharedEvidence(table);
        out += std::format("<div class=\"scroll\"><table><caption>{}{}</caption><thead><tr>",
                           escapedHtml(table.title), marks(numbers.of(shared)));
        for (const schema::TableColumn &column : table.columns)
            out += std::format("<th scope=\"col\"{}>{}</th>", classOf(column),
                               escapedHtml(column.name));
        out += "</tr></thead><tbody>\n";
        for (const schema::TableRow &row : table.rows) {
            out += "<tr>";
            for (std::size_t i = 0; i < row.cells.size(); ++i)
                out += std::format("<td{}>{}{}</td>", classOf(table.columns[i]),
                                   escapedHtml(schema::formatCell(row.cells[i], table.columns[i])),
                                   i == 0 && shared.empty() ? marks(numbers.of(row.evidence))
                                                            : std::string());
            out += "</tr>\n";
        }
        out += "</tbody></table></div>\n";
    }
    void operator()(const schema::Chart &chart) const
    {
        figure(chart.finding, chart.evidence,
               svgOf(kWidth, chartHeightFor(chart, kWidth),
                     [&](QPainter &painter, const QRectF &area) {
                         paintChart(painter, area, chart);
                     }));
    }
    void operator()(const schema::Map &map) const
    {
        figure(map.finding, map.evidence,
               svgOf(kWidth, mapHeightFor(map, kWidth), [&](QPainter &painter, const QRectF &area) {
                   // Without boundaries the marks remain.
                   (void)paintMap(painter, area, map);
               }));
    }

private:
    static std::string_view classOf(const schema::TableColumn &column)
    {
        return column.format == schema::ColumnFormat::Text ? "" : " class=\"n\"";
    }
    void figure(const std::string &finding, const std::vector<schema::Evidence> &evidence,
                const std::string &svg) const
    {
        out += std::format("<figure role=\"group\"><figcaption>{}{}</figcaption>{}</figure>\n",
                           escapedHtml(finding), marks(numbers.of(evidence)), svg);
    }
};

void writeSources(std::string &out, const schema::Briefing &briefing)
{
    out += "<section><h2>Attribution</h2>\n";
    if (const std::string words = wordsLine(briefing); !words.empty())
        out += std::format("<p>{}</p>\n", escapedHtml(words));
    for (const std::string &text : briefing.attributions)
        out += std::format("<p>{}</p>\n", escapedHtml(text));
    out += "</section>\n<section class=\"sources\"><h2>Sources</h2>\n<ol>\n";
    for (const schema::Citation &citation : briefing.citations) {
        out += std::format("<li id=\"source-{}\">{}", citation.number,
                           escapedHtml(citationText(citation)));
        if (isSafeLink(citation.url))
            out += std::format(" <a href=\"{0}\" rel=\"noopener noreferrer nofollow\">{0}</a>",
                               escapedHtml(citation.url));
        out += "</li>\n";
    }
    out += "</ol></section>\n";
}

} // namespace

Result<std::string> toHtml(const schema::Briefing &whole)
{
    if (qobject_cast<QGuiApplication *>(QCoreApplication::instance()) == nullptr)
        return fail(ErrorCode::Unavailable, "there is no QGuiApplication, and so no font");
    const schema::Briefing briefing = exportable(whole);
    const CitationNumbers numbers(briefing);
    std::string out = std::format(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        "'sha256-{}'; base-uri 'none'; form-action 'none'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
        "<meta name=\"generator\" "
        "content=\"Chrona\">\n<title>{}</title>\n<style>{}</style></head>\n"
        "<body>\n<header><p class=\"brand\">CHRONA</p><h1>{}</h1><p class=\"known\">{}</p>",
        styleHash(), escapedHtml(briefing.title), kStyle, escapedHtml(briefing.title),
        escapedHtml(knownLine(briefing)));
    if (briefing.synthetic)
        out += std::format("<p class=\"mark\">{}</p>", kSyntheticMark);
    out += "</header>\n<main>\n";
    for (const schema::Section &section : briefing.sections) {
        out += std::format("<section><h2>{}</h2>\n", escapedHtml(section.heading));
        for (const schema::Block &block : section.blocks)
            std::visit(BlockHtml{numbers, out}, block);
        out += "</section>\n";
    }
    writeSources(out, briefing);
    out += std::format("</main>\n<footer><p>{}</p></footer>\n</body></html>\n", kDisclaimer);
    return out;
}

} // namespace chrona::report
