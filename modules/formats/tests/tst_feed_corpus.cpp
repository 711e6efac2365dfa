// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/feed.h"
#include "chrona/formats/html_text.h"
#include "chrona/formats/json.h"
#include "chrona/formats/url.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <map>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::formats;

/// Runs the slice of a public feed corpus that lies beside the checkout: every case with what it
/// expects, and the share by class. A path that our feeds do not carry (cloud, language, …) counts
/// as not asked; the document must be read all the same.
class TestFeedCorpus : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everyCaseHolds_data();
    void everyCaseHolds();
    void nothingActiveIsLeft_data() { everyCaseHolds_data(); }
    void nothingActiveIsLeft();
    void cutCopiesGiveWholeEntries();
    void cleanupTestCase();

private:
    std::string m_folder;
    std::string m_text;
    struct Share {
        int asked = 0, held = 0;
    };
    std::map<std::string, Share> m_shares;
};

namespace {

std::string readFile(const std::string &path)
{
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

/// As the corpus says to compare: without tags, references decoded, blanks as one.
std::string comparable(std::string_view html)
{
    QString text = QString::fromUtf8(html.data(), static_cast<qsizetype>(html.size()));
    text.remove(QRegularExpression(u"<[^>]*>"_s));
    std::string decoded;
    appendDecoded(decoded, text.toStdString());
    return QString::fromStdString(decoded).simplified().toStdString();
}

/// What a person who reads the expectations would look at in our feed; nullopt: not carried.
std::optional<std::string> lookUp(const Feed &feed, const std::vector<std::string> &path)
{
    const auto date = [](const std::optional<Instant> &instant) {
        return instant ? formatInstant(*instant) : std::string();
    };
    const auto name = [&](std::size_t at) { return at < path.size() ? path[at] : std::string(); };
    if (name(0) == "encoding")
        return feed.encoding;
    if (name(0) == "feed") {
        if (name(1) == "title" || (name(1) == "title_detail" && name(2) == "value"))
            return feed.title;
        if (name(1) == "link")
            return feed.link;
        if (name(1) == "updated" || name(1) == "updated_parsed")
            return date(feed.updated);
        if (name(1) == "published" || name(1) == "published_parsed")
            return date(feed.published);
        return std::nullopt;
    }
    if (name(0) != "entries" || name(1) != "0")
        return std::nullopt;
    if (feed.entries.empty())
        return "no entry";
    const FeedEntry &entry = feed.entries.front();
    const std::string key = name(2);
    const bool isValue = name(3) == "value";
    if (key == "title" || (key == "title_detail" && isValue))
        return entry.title;
    if (key == "summary" || key == "description" || (key == "summary_detail" && isValue))
        return entry.summary;
    if (key == "content" && name(4) == "value")
        return entry.content;
    if (key == "id" || key == "guid")
        return entry.id;
    if (key == "link")
        return entry.link;
    if (key == "published" || key == "published_parsed")
        return date(entry.published);
    if (key == "updated" || key == "updated_parsed")
        return date(entry.updated);
    if (key == "author")
        return entry.author;
    if (key == "tags" && name(4) == "term")
        return entry.categories.empty() ? std::string() : entry.categories.front();
    if (key == "source" &&
        (name(3) == "title" || (name(3) == "title_detail" && name(4) == "value")))
        return entry.source.title;
    if (key == "source" && name(3) == "link")
        return entry.source.link;
    return std::nullopt;
}

QByteArray bytes(const std::string &text)
{
    return QByteArray::fromStdString(text);
}

std::string everythingIn(const Feed &feed)
{
    std::string all = feed.title + "\n" + feed.link;
    for (const FeedEntry &entry : feed.entries) {
        for (const std::string &text :
             {entry.id, entry.title, entry.link, entry.summary, entry.content, entry.author,
              entry.source.title, entry.source.link})
            all += "\n" + text;
        for (const std::string &category : entry.categories)
            all += "\n" + category;
    }
    return all;
}

} // namespace

void TestFeedCorpus::initTestCase()
{
    if (!QDir(QStringLiteral(CHRONA_SHARED_DIR)).exists())
        QSKIP("the corpus lies beside a developer's checkout only");
    m_folder = CHRONA_SHARED_DIR "/samples/world/feeds/corpus/";
    m_text = readFile(m_folder + "expected.json");
    QVERIFY2(!m_text.empty(), m_folder.c_str());
}

void TestFeedCorpus::everyCaseHolds_data()
{
    QTest::addColumn<QByteArray>("testCase");
    const auto document = JsonDocument::parse(m_text);
    QVERIFY(document.has_value());
    for (const JsonValue &one : document->root().items())
        QTest::newRow(std::string(one["file"].asString().value_or("?")).c_str())
            << bytes(one.toJson());
}

namespace {

/// The case's document, read as it would have come.
Result<Feed> readCase(const std::string &folder, const JsonValue &one)
{
    std::string contentType;
    std::string url(one["url"].asString().value_or(""));
    for (const JsonMember &header : one["headers"].members()) {
        const QByteArray name =
            QByteArray(header.name.data(), static_cast<qsizetype>(header.name.size())).toLower();
        const std::string value(header.value.asString().value_or(""));
        if (name == "content-type")
            contentType = value;
        else if (name == "content-location")
            url = resolveUrl({url, value});
    }
    const std::string file(one["file"].asString().value_or(""));
    return readFeed(readFile(folder + file), {.documentUrl = url, .contentType = contentType});
}

} // namespace

void TestFeedCorpus::everyCaseHolds()
{
    QFETCH(QByteArray, testCase);
    const auto document = JsonDocument::parse(testCase.toStdString());
    QVERIFY(document.has_value());
    const JsonValue one = document->root();
    const auto feed = readCase(m_folder, one);
    const std::string klass(one["klass"].asString().value_or("?"));
    Share &share = m_shares[klass];
    QVERIFY2(feed.has_value() || one["bozo"].asBool() == true,
             feed ? "" : describe(feed.error()).c_str());
    if (const auto malformed = one["bozo"].asBool(); malformed && feed)
        QCOMPARE(feed->malformed, *malformed);
    if (klass == "sanitize" || !feed)
        return;
    for (const JsonValue &check : one["checks"].items()) {
        std::vector<std::string> path;
        for (const JsonValue &part : check["path"].items())
            path.push_back(part.asString() ? std::string(*part.asString())
                                           : std::to_string(part.asInteger().value_or(-1)));
        const auto expected = check["value"].asString();
        const auto found = lookUp(*feed, path);
        if (!found || !expected)
            continue;
        ++share.asked;
        const bool isName = path.front() == "encoding";
        const auto plain = [isName](std::string_view text) {
            const QByteArray compared = bytes(comparable(text));
            return isName ? compared.toLower() : compared;
        };
        QCOMPARE(plain(*found), plain(*expected));
        ++share.held;
    }
}

void TestFeedCorpus::nothingActiveIsLeft()
{
    QFETCH(QByteArray, testCase);
    const auto document = JsonDocument::parse(testCase.toStdString());
    QVERIFY(document.has_value());
    const auto feed = readCase(m_folder, document->root());
    if (!feed)
        return;
    const QString all = QString::fromStdString(everythingIn(*feed));
    static const QRegularExpression active(
        u"<\\s*/?(script|style|object|embed|iframe|form|applet|link|meta|base|frame)\\b|"
        "<[^>]*\\son\\w+\\s*=|=\\s*[\"']?\\s*(javascript|vbscript|data):"_s,
        QRegularExpression::CaseInsensitiveOption);
    QVERIFY2(!active.match(all).hasMatch(), qPrintable(active.match(all).captured()));
}

void TestFeedCorpus::cutCopiesGiveWholeEntries()
{
    const std::string whole = readFile(m_folder + "../feedsmith-rss-20.xml");
    QVERIFY(!whole.empty());
    const auto all = readFeed(whole, {});
    QVERIFY(all.has_value() && all->entries.size() > 1);
    std::size_t least = 0;
    for (std::size_t length = whole.size() / 8; length < whole.size(); length += 97) {
        const std::string_view copy = std::string_view(whole).substr(0, length);
        const auto cut = readFeed(copy, {});
        QVERIFY(cut.has_value());
        QVERIFY(cut->malformed || length + 8 > whole.size());
        std::size_t closed = 0;
        for (auto at = copy.find("</item>"); at != std::string_view::npos;
             at = copy.find("</item>", at + 1))
            ++closed;
        QCOMPARE(cut->entries.size(), closed);
        for (std::size_t i = 0; i < closed; ++i)
            QCOMPARE(cut->entries[i].title, all->entries[i].title);
        least = std::max(least, closed);
    }
    QVERIFY(least > 0);
}

void TestFeedCorpus::cleanupTestCase()
{
    for (const auto &[klass, share] : m_shares)
        qInfo("%-10s %3d of %3d expectations", klass.c_str(), share.held, share.asked);
}

QTEST_APPLESS_MAIN(TestFeedCorpus)
#include "tst_feed_corpus.moc"
