// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/events/text_vector.h"

#include <QTest>

#include <array>
#include <limits>

using namespace chrona;
using namespace chrona::events;

namespace {

TextVector of(std::string_view title)
{
    return vectorOf({.title = title, .description = {}, .publisher = {}});
}

Instant at(int hour)
{
    return Instant(std::chrono::hours(hour));
}

} // namespace

/// What is like a text must be found, within bounds.
class TestTextVector : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void likeTextsAreNear();
    void sameTextIsTheSame();
    void fieldsBringTogetherWhatSharesNoWord();
    void whatIsNoVectorIsRefused();
    void indexFindsTheNearestFirst();
    void fullIndexForgetsTheFirst();
    void itemIsReplaced();
    void otherSizesAreLeftOut();
};

void TestTextVector::likeTextsAreNear()
{
    const auto strike = of("Abville harbour strike halts ferries to Corstadt");
    const auto again = of("Ferries to Corstadt idle as Abville strike begins");
    const auto comet = of("Dunbrook observatory finds comet with green tail");
    QVERIFY(cosine(strike, again) > 0.5);
    QVERIFY(cosine(strike, comet) < 0.2);
    QVERIFY(cosine(strike, again) > 3 * cosine(strike, comet));
}

void TestTextVector::sameTextIsTheSame()
{
    const auto once = of("Bank of England raises rates by 25 basis points");
    QCOMPARE(once.size(), kTextVectorSize);
    QVERIFY(once == of("Bank of England raises rates by 25 basis points"));
    QCOMPARE(cosine(once, once), 1.0);
    QVERIFY(of("").empty());
    QVERIFY(of("… – !").empty());
    QCOMPARE(cosine(once, {}), 0.0);
}

void TestTextVector::fieldsBringTogetherWhatSharesNoWord()
{
    const auto hike = of("Central bank hikes interest rates");
    QVERIFY(cosine(hike, of("Monetary policy tightening by the ECB")) >
            cosine(hike, of("Actor wins award for new film")) + 0.02);
}

void TestTextVector::whatIsNoVectorIsRefused()
{
    constexpr float kNothing = std::numeric_limits<float>::quiet_NaN();
    QVERIFY(quantised(std::array{1.0F, kNothing}).empty());
    QVERIFY(quantised(std::array{0.0F, 0.0F}).empty());
    QVERIFY(quantised({}).empty());
    QVERIFY((quantised(std::array{0.5F, -1.0F}) == TextVector{64, -127}));
}

void TestTextVector::indexFindsTheNearestFirst()
{
    VectorIndex index;
    index.add(1, at(1), of("Abville harbour strike halts ferries"));
    index.add(2, at(2), of("Dunbrook observatory finds comet"));
    index.add(3, at(3), of("Harbour strike in Abville goes on"));
    const auto asked = of("strike at Abville harbour");
    auto found = index.find({.vector = asked, .limit = 2});
    QCOMPARE(found.size(), 2U);
    QVERIFY(found[0].item != 2 && found[1].item != 2);
    QVERIFY(found[0].similarity >= found[1].similarity);
    found = index.find({.vector = asked, .from = at(2), .to = at(3)});
    QVERIFY(found.empty() || found[0].item == 2);
    found = index.find({.vector = asked, .limit = 1, .without = 3});
    QCOMPARE(found.at(0).item, 1);
}

void TestTextVector::fullIndexForgetsTheFirst()
{
    VectorIndex index(2);
    const auto one = of("Abville harbour strike");
    index.add(1, at(1), one);
    index.add(2, at(2), of("Dunbrook comet"));
    index.add(3, at(3), of("Eldson cheese fair"));
    QCOMPARE(index.size(), 2U);
    QCOMPARE(index.memoryBytes() <= 4 * kTextVectorSize, true);
    for (const VectorMatch &match : index.find({.vector = one}))
        QVERIFY(match.item != 1);
}

void TestTextVector::itemIsReplaced()
{
    VectorIndex index;
    index.add(1, at(1), of("Abville harbour strike"));
    const auto comet = of("Dunbrook comet");
    index.add(1, at(2), comet);
    QCOMPARE(index.size(), 1U);
    QVERIFY(index.find({.vector = comet}).at(0).similarity > 0.99);
}

void TestTextVector::otherSizesAreLeftOut()
{
    VectorIndex index;
    index.add(1, at(1), TextVector{1, 2, 3});
    index.add(2, at(1), TextVector{1, 2});
    index.add(3, at(1), TextVector{});
    index.add(4, at(1), TextVector{0, 0, 0});
    QCOMPARE(index.size(), 1U);
    QVERIFY(index.find({.vector = TextVector{1, 2}}).empty());
    QVERIFY(index.find({.vector = TextVector{}}).empty());
}

QTEST_APPLESS_MAIN(TestTextVector)
#include "tst_text_vector.moc"
