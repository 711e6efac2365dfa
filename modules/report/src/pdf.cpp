// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/report/export.h"

#include "chrona/base/hash.h"

#include "composition.h"
#include "sheet.h"

#include <QBuffer>
#include <QGuiApplication>
#include <QHashFunctions>
#include <QPainter>
#include <QPdfWriter>
#include <QUuid>

#include <format>

namespace chrona::report {
namespace {

/// Digits of a moment, as many as PDF and its metadata write: "20080915220000".
std::string stampOf(Instant instant)
{
    std::string text = formatInstant(std::chrono::floor<std::chrono::seconds>(instant));
    std::erase_if(text, [](char c) { return c < '0' || c > '9'; });
    return text;
}

/// Writes the stamp's digits over those that follow each mark, whatever stands between them.
void fixDatesAfter(QByteArray &pdf, QByteArrayView mark, std::string_view stamp)
{
    for (qsizetype at = pdf.indexOf(mark); at >= 0; at = pdf.indexOf(mark, at + 1)) {
        qsizetype place = at + mark.size();
        for (std::size_t digit = 0; digit < stamp.size() && place < pdf.size(); ++place) {
            const char c = pdf[place];
            if (c >= '0' && c <= '9')
                pdf[place] = stamp[digit++];
            else if (c != '-' && c != ':' && c != 'T')
                break;
        }
    }
}

/// Qt dates a PDF by the clock, in its dictionary and in its metadata. The digits are replaced in
/// place, so that no offset in the file moves and the same briefing makes the same bytes.
void fixDates(QByteArray &pdf, Instant instant)
{
    const std::string stamp = stampOf(instant);
    fixDatesAfter(pdf, "(D:", stamp);
    for (const QByteArrayView name : {"CreateDate=\"", "ModifyDate=\"", "MetadataDate=\""})
        fixDatesAfter(pdf, name, stamp);
}

/// Qt writes fonts in the order of a hash table, which differs from process to process unless the
/// seed is fixed. Put back afterwards: the random one guards programs against hostile keys.
class FixedHashSeed {
public:
    FixedHashSeed() { QHashSeed::setDeterministicGlobalSeed(); }
    ~FixedHashSeed() { QHashSeed::resetRandomGlobalSeed(); }
    Q_DISABLE_COPY_MOVE(FixedHashSeed)
};

void describe(QPdfWriter &writer, const schema::Briefing &briefing, const PdfOptions &options)
{
    writer.setTitle(QString::fromStdString(shown(briefing.title)));
    writer.setCreator(QStringLiteral("Chrona"));
    writer.setResolution(kUnitsPerInch);
    writer.setPageSize(pageOf(options.page));
    writer.setPageMargins(QMarginsF(0, 0, 0, 0));
    // One document, one id, whenever it is made.
    const QByteArray seed = QByteArray::fromStdString(std::format(
        "{}|{}|{}", briefing.title, formatInstant(briefing.generatedAt), briefing.revision));
    writer.setDocumentId(QUuid::createUuidV5(QUuid(), seed));
    for (const Attachment &attachment : options.attachments)
        writer.addFileAttachment(QString::fromStdString(shown(attachment.name)),
                                 QByteArray::fromStdString(attachment.content),
                                 QString::fromStdString(attachment.mimeType));
}

} // namespace

Result<std::string> toPdf(const schema::Briefing &whole, const PdfOptions &options)
{
    if (qobject_cast<QGuiApplication *>(QCoreApplication::instance()) == nullptr)
        return fail(ErrorCode::Unavailable, "there is no QGuiApplication, and so no font");
    const schema::Briefing briefing = exportable(whole);
    const FixedHashSeed fixedSeed;
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        describe(writer, briefing, options);
        QPainter painter;
        if (!painter.begin(&writer))
            return fail(ErrorCode::Unavailable, "the PDF could not be begun");
        const QRectF paper(QPointF(0, 0), QSizeF(writer.width(), writer.height()));
        const auto pages = Composition(briefing, bodyOf(paper)).compose(options.stop);
        for (std::size_t page = 0; pages && page < pages->size(); ++page) {
            if (options.stop.stop_requested())
                break;
            if (page > 0 && !writer.newPage())
                return fail(ErrorCode::Unavailable, "the PDF could not be continued");
            for (const auto &paint : (*pages)[page])
                paint(painter);
            paintFurniture(painter, paper, briefing, pageTextOf(page, pages->size()));
        }
        if (options.stop.stop_requested())
            return fail(ErrorCode::Cancelled, "the PDF was not made: it was stopped");
        if (!painter.end())
            return fail(ErrorCode::Unavailable, "the PDF could not be finished");
    }
    buffer.close();
    fixDates(bytes, briefing.generatedAt);
    return std::move(bytes).toStdString();
}

} // namespace chrona::report
