// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/text_encoding.h"

#include <QFile>
#include <QTest>

#include <format>
#include <map>
#include <vector>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::formats;

/// Documents in every charset that Python has a name and a codec for, declared, undeclared and
/// declared wrongly: encodings.tsv, written by encodings.py, has texts and bytes.
class TestEncodings : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everyNameIsRead_data();
    void everyNameIsRead();
    void whatTheDocumentCannotSayIsFoundOut_data();
    void whatTheDocumentCannotSayIsFoundOut();
    void markedDocumentsAreRead_data();
    void markedDocumentsAreRead();
    void cleanupTestCase();

private:
    struct Line {
        QByteArrayList names;
        std::string text, bytes;
    };
    /// Counts, so that the share of all is known whatever fails.
    void judge(const std::string &document, const std::string &contentType,
               const std::string &expected);

    std::map<QByteArray, std::vector<Line>> m_lines; ///< by kind
    int m_read = 0, m_asked = 0;
    QStringList m_wrong;
};

namespace {

std::string declaring(std::string_view encoding, std::string_view text)
{
    return std::format("<?xml version=\"1.0\"{}?>\n<a>{}</a>",
                       encoding.empty() ? std::string() : std::format(" encoding=\"{}\"", encoding),
                       text);
}

std::string inUtf16Or32(const std::string &text, std::size_t width, bool isBig, bool isMarked)
{
    std::string bytes;
    const auto append = [&](std::uint32_t unit) {
        for (std::size_t at = 0; at < width; ++at)
            bytes += static_cast<char>(unit >> 8 * (isBig ? width - 1 - at : at));
    };
    if (isMarked)
        append(0xFEFF);
    const QString whole = QString::fromStdString(text);
    if (width == 2)
        for (const QChar unit : whole)
            append(unit.unicode());
    else
        for (const uint unit : whole.toUcs4())
            append(unit);
    return bytes;
}

const std::string kMixedText = "Łódź — Ελλάδα 東京";

} // namespace

void TestEncodings::initTestCase()
{
    QFile file(QStringLiteral(CHRONA_ENCODINGS_FILE));
    QVERIFY(file.open(QIODevice::ReadOnly));
    for (const QByteArray &line : file.readAll().trimmed().split('\n')) {
        const QByteArrayList parts = line.split('\t');
        QCOMPARE(parts.size(), 4);
        m_lines[parts[0]].push_back({parts[1].split(' '), parts[2].toStdString(),
                                     QByteArray::fromHex(parts[3]).toStdString()});
    }
    QCOMPARE(m_lines.size(), 3U);
}

void TestEncodings::judge(const std::string &document, const std::string &contentType,
                          const std::string &expected)
{
    ++m_asked;
    const auto read = decodeXmlText({.bytes = document, .contentType = contentType});
    if (read && read->text.contains(expected))
        ++m_read;
    else
        m_wrong.append(QString::fromStdString(
            std::format("{} ({}): {}", QTest::currentDataTag(), contentType,
                        read ? read->text.substr(0, 120) : read.error().what)));
}

void TestEncodings::everyNameIsRead_data()
{
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<qsizetype>("line");
    for (const char *kind : {"ascii", "whole"})
        for (std::size_t at = 0; at < m_lines[kind].size(); ++at)
            QTest::newRow(m_lines[kind][at].names.front().constData())
                << QByteArray(kind) << static_cast<qsizetype>(at);
}

void TestEncodings::everyNameIsRead()
{
    QFETCH(QByteArray, kind);
    QFETCH(qsizetype, line);
    const Line &one = m_lines[kind][static_cast<std::size_t>(line)];
    const qsizetype before = m_wrong.size();
    for (const QByteArray &name : one.names) {
        const std::string charset = name.toStdString();
        if (kind == "whole") {
            judge(one.bytes, "application/xml", one.text);
            continue;
        }
        judge(declaring(charset, one.bytes), "application/xml", one.text);
        judge(declaring({}, one.bytes), "application/rss+xml; charset=" + charset, one.text);
    }
    QVERIFY2(m_wrong.size() == before, qPrintable(m_wrong.mid(before).join(u'\n')));
}

void TestEncodings::whatTheDocumentCannotSayIsFoundOut_data()
{
    QTest::addColumn<qsizetype>("line");
    for (std::size_t at = 0; at < m_lines["prose"].size(); ++at)
        QTest::newRow(m_lines["prose"][at].names.front().constData()) << static_cast<qsizetype>(at);
}

void TestEncodings::whatTheDocumentCannotSayIsFoundOut()
{
    QFETCH(qsizetype, line);
    const Line &one = m_lines["prose"][static_cast<std::size_t>(line)];
    const std::string name = one.names.front().toStdString();
    // A detector wants more than a headline.
    const std::string bytes = one.bytes + " " + one.bytes + " " + one.bytes;
    const qsizetype before = m_wrong.size();
    judge(declaring({}, bytes), "application/xml", one.text);
    judge(declaring({}, bytes), "text/xml", one.text);
    judge(declaring("utf-8", bytes), "application/xml", one.text);
    judge(declaring("us-ascii", bytes), "application/xml", one.text);
    judge(declaring("bogus-8", bytes), "application/xml", one.text);
    judge(declaring({}, bytes), "application/xml; charset=utf-8", one.text);
    // And the other way round: UTF-8 that claims to be something else.
    judge(declaring(name, one.text), "application/xml", one.text);
    judge(declaring({}, one.text), "application/xml; charset=" + name, one.text);
    QVERIFY2(m_wrong.size() == before, qPrintable(m_wrong.mid(before).join(u'\n')));
}

void TestEncodings::markedDocumentsAreRead_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<bool>("isBig");
    QTest::addColumn<bool>("isMarked");
    for (const int width : {2, 4})
        for (const bool isBig : {false, true})
            for (const bool isMarked : {false, true})
                QTest::addRow("%d bytes, %s end first%s", width, isBig ? "big" : "little",
                              isMarked ? ", marked" : "")
                    << width << isBig << isMarked;
    QTest::newRow("UTF-8, marked") << 1 << false << true;
}

void TestEncodings::markedDocumentsAreRead()
{
    QFETCH(int, width);
    QFETCH(bool, isBig);
    QFETCH(bool, isMarked);
    const qsizetype before = m_wrong.size();
    for (const char *declared :
         {"", "utf-8", "iso-8859-1", "utf-16", "utf-32", "us-ascii", "windows-1252"})
        for (const char *header :
             {"application/xml", "text/xml", "application/xml; charset=iso-8859-1",
              "application/rss+xml; charset=utf-8"}) {
            const std::string text = declaring(declared, kMixedText);
            judge(width == 1 ? "\xEF\xBB\xBF" + text
                             : inUtf16Or32(text, static_cast<std::size_t>(width), isBig, isMarked),
                  header, kMixedText);
        }
    QVERIFY2(m_wrong.size() == before, qPrintable(m_wrong.mid(before).join(u'\n')));
}

void TestEncodings::cleanupTestCase()
{
    qInfo("%d of %d documents are read as they were written", m_read, m_asked);
}

QTEST_APPLESS_MAIN(TestEncodings)
#include "tst_encodings.moc"
