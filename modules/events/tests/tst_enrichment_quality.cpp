// SPDX-License-Identifier: AGPL-3.0-or-later
// Quality on headlines that others have labelled. They lie beside the checkout and are no part of
// it: the UCI News Aggregator's (CC BY 4.0) by story and category, and AG News, which is only
// measured. Without that folder there is nothing to measure.
#include "chrona/events/story_clusters.h"
#include "chrona/events/text_vector.h"
#include "chrona/events/topic_model.h"
#include "chrona/formats/csv.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <algorithm>
#include <map>
#include <random>
#include <set>

using namespace chrona;
using namespace chrona::events;

namespace {

using Row = std::vector<std::string>;

class Rows : public formats::CsvSink {
public:
    std::vector<Row> rows;
    void row(const formats::CsvRow &row) override
    {
        if (row.number > 1)
            rows.emplace_back(row.fields.begin(), row.fields.end());
    }
    void fault(const formats::CsvFault &fault) override { qFatal("%s", fault.reason.c_str()); }
};

std::vector<Row> read(const char *name)
{
    QFile file(QStringLiteral(CHRONA_SHARED_DIR "/samples/world/headlines/") +
               QString::fromLatin1(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s is missing", name);
    Rows sink;
    formats::CsvReader reader;
    const QByteArray bytes = file.readAll();
    if (!reader.push({bytes.data(), std::size_t(bytes.size())}, sink) || !reader.finish(sink))
        qFatal("%s is no CSV", name);
    return std::move(sink.rows);
}

enum UciColumn { Title = 1, Publisher = 2, Category = 3, StoryId = 4, Time = 6 };

/// By time, as they would arrive.
const std::vector<Row> &headlines()
{
    static const auto sorted = [] {
        auto rows = read("uci-stories-visible.csv");
        std::ranges::stable_sort(rows, {}, [](const Row &row) { return std::stoll(row[Time]); });
        return rows;
    }();
    return sorted;
}

std::vector<std::string> stories()
{
    std::set<std::string> names;
    for (const Row &row : headlines())
        names.insert(row[StoryId]);
    return {names.begin(), names.end()};
}

struct BCubed {
    double precision = 0, recall = 0;
    [[nodiscard]] double f1() const { return 2 * precision * recall / (precision + recall); }
};

BCubed bCubed(const std::vector<std::uint64_t> &found, const std::vector<std::string> &truth)
{
    std::map<std::uint64_t, double> ofFound;
    std::map<std::string, double> ofTruth;
    std::map<std::pair<std::uint64_t, std::string>, double> both;
    for (std::size_t i = 0; i < found.size(); ++i) {
        ofFound[found[i]] += 1;
        ofTruth[truth[i]] += 1;
        both[{found[i], truth[i]}] += 1;
    }
    BCubed score;
    for (const auto &[key, count] : both) {
        score.precision += count * count / ofFound[key.first] / double(found.size());
        score.recall += count * count / ofTruth[key.second] / double(found.size());
    }
    return score;
}

struct Scores {
    BCubed stories, duplicates;
};

enum class Times { AsPublished, AllTheSame };

Scores cluster(const std::set<std::string> &of, Times times)
{
    StoryClusters clusters;
    std::vector<std::string> truth;
    for (const Row &row : headlines()) {
        if (!of.contains(row[StoryId]))
            continue;
        const Instant at = times == Times::AsPublished
                               ? Instant(std::chrono::milliseconds(std::stoll(row[Time])))
                               : Instant{};
        clusters.add({row[Title], row[Publisher], at});
        truth.push_back(row[StoryId]);
    }
    clusters.settle();
    std::vector<std::uint64_t> story(truth.size()), first(truth.size());
    for (const auto &part : {clusters.takeFinal(), clusters.members()})
        for (const StoryMember &member : part) {
            story[member.item] = member.story;
            first[member.item] = member.duplicateOf.value_or(member.item);
        }
    return {bCubed(story, truth), bCubed(first, truth)};
}

TopicText textOf(const Row &row, bool withPublisher)
{
    return {row[Title], "", withPublisher ? std::string_view(row[Publisher]) : std::string_view{}};
}

struct Accuracy {
    double share = 0, macroF1 = 0;
};

/// Trained on all stories but these, judged on these.
Accuracy judge(const std::set<std::string> &unseen, bool withPublisher)
{
    std::vector<LabelledText> examples;
    for (const Row &row : headlines())
        if (!unseen.contains(row[StoryId]))
            examples.push_back({textOf(row, withPublisher), row[Category]});
    const auto model = TopicModel::train(examples);
    if (!model)
        qFatal("%s", model.error().what.c_str());
    std::map<std::string, double, std::less<>> right, guessed, there;
    double all = 0, hits = 0;
    for (const Row &row : headlines()) {
        if (!unseen.contains(row[StoryId]))
            continue;
        const auto guess = model->predict(textOf(row, withPublisher)).label;
        ++all;
        ++there[row[Category]];
        ++guessed[std::string(guess)];
        if (guess == row[Category]) {
            ++hits;
            ++right[row[Category]];
        }
    }
    Accuracy accuracy{hits / all, 0};
    for (const auto &[label, count] : there)
        accuracy.macroF1 += 2 * right[label] / (guessed[label] + count) / double(there.size());
    return accuracy;
}

/// A third of the stories of each category.
std::set<std::string> drawThird(std::mt19937 &random)
{
    std::map<std::string, std::vector<std::string>> byCategory;
    std::set<std::string> known;
    for (const Row &row : headlines())
        if (known.insert(row[StoryId]).second)
            byCategory[row[Category]].push_back(row[StoryId]);
    std::set<std::string> drawn;
    for (auto &[category, names] : byCategory) {
        for (std::size_t i = names.size(); i > 1; --i)
            std::swap(names[i - 1], names[random() % i]);
        drawn.insert(names.begin(), names.begin() + std::ptrdiff_t((names.size() + 1) / 3));
    }
    return drawn;
}

/// Of the four kinds of AG News; sport is what is no topic of ours.
std::string_view agKindOf(schema::Topic topic)
{
    switch (topic) {
    case schema::Topic::None: return "Sports";
    case schema::Topic::Technology: return "Sci/Tech";
    case schema::Topic::Conflict:
    case schema::Topic::Diplomacy:
    case schema::Topic::Politics:
    case schema::Topic::Disasters:
    case schema::Topic::Sanctions:
    case schema::Topic::Health: return "World";
    default: return "Business";
    }
}

} // namespace

class TestEnrichmentQuality : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!QDir(QStringLiteral(CHRONA_SHARED_DIR)).exists())
            QSKIP("nothing to measure on");
    }
    void storiesAreTold();
    void unseenStoriesAreClassified();
    void builtInTopicsHoldElsewhere();
    void likeHeadlinesAreFound();
};

void TestEnrichmentQuality::storiesAreTold()
{
    auto names = stories();
    const std::set<std::string> all(names.begin(), names.end());
    const auto whole = cluster(all, Times::AsPublished);
    const auto timeless = cluster(all, Times::AllTheSame);
    std::mt19937 random(1);
    double mean = 0, timelessMean = 0;
    constexpr int kHalves = 6;
    for (int half = 0; half < kHalves; ++half) {
        for (std::size_t i = names.size(); i > 1; --i)
            std::swap(names[i - 1], names[random() % i]);
        const std::set<std::string> some(names.begin(),
                                         names.begin() + std::ptrdiff_t(names.size() / 2));
        mean += cluster(some, Times::AsPublished).stories.f1() / kHalves;
        timelessMean += cluster(some, Times::AllTheSame).stories.f1() / kHalves;
    }
    qInfo("stories: P %.3f R %.3f F1 %.3f; halves, mean F1 %.3f; without times F1 %.3f, halves "
          "%.3f; duplicates: P %.4f",
          whole.stories.precision, whole.stories.recall, whole.stories.f1(), mean,
          timeless.stories.f1(), timelessMean, whole.duplicates.precision);
    QVERIFY(whole.stories.f1() >= 0.84);
    QVERIFY(mean >= 0.86);
    QVERIFY(timeless.stories.f1() >= 0.75);
    QVERIFY(timelessMean >= 0.80);
    QVERIFY(whole.duplicates.precision >= 0.98);
}

void TestEnrichmentQuality::unseenStoriesAreClassified()
{
    constexpr int kSplits = 12;
    for (const bool withPublisher : {true, false}) {
        std::mt19937 random(1);
        double share = 0, macroF1 = 0, least = 1, most = 0;
        for (int split = 0; split < kSplits; ++split) {
            const auto accuracy = judge(drawThird(random), withPublisher);
            share += accuracy.share / kSplits;
            macroF1 += accuracy.macroF1 / kSplits;
            least = std::min(least, accuracy.share);
            most = std::max(most, accuracy.share);
        }
        qInfo("unseen stories, %s: accuracy %.3f (%.3f to %.3f), macro F1 %.3f",
              withPublisher ? "with publisher" : "titles alone", share, least, most, macroF1);
        QVERIFY(share >= 0.65);
        QVERIFY(macroF1 >= 0.62);
    }
}

void TestEnrichmentQuality::builtInTopicsHoldElsewhere()
{
    for (const bool withDescription : {false, true}) {
        const auto rows = read("ag-news-test-visible.csv");
        const auto hits = std::ranges::count_if(rows, [&](const Row &row) {
            const TopicText text{row[1], withDescription ? std::string_view(row[2]) : "", ""};
            return agKindOf(classifyTopic(text).topic) == row[0];
        });
        const double share = double(hits) / double(rows.size());
        qInfo("AG News, %s: %.3f", withDescription ? "title and description" : "titles", share);
        QVERIFY(share >= (withDescription ? 0.70 : 0.60));
    }
}

/// Of the ten headlines most like one, those of the same story.
void TestEnrichmentQuality::likeHeadlinesAreFound()
{
    VectorIndex index;
    std::vector<TextVector> vectors;
    for (const Row &row : headlines()) {
        vectors.push_back(vectorOf(textOf(row, false)));
        index.add(std::int64_t(vectors.size()) - 1, Instant{}, vectors.back());
    }
    double share = 0;
    std::size_t asked = 0;
    for (std::size_t i = 0; i < vectors.size(); i += 10) {
        const auto found =
            index.find({.vector = vectors[i], .limit = 10, .without = std::int64_t(i)});
        if (found.empty())
            continue;
        ++asked;
        share +=
            double(std::ranges::count_if(found,
                                         [&](const VectorMatch &match) {
                                             return headlines()[std::size_t(match.item)][StoryId] ==
                                                    headlines()[i][StoryId];
                                         })) /
            double(found.size());
    }
    qInfo("of the ten most alike headlines, of the same story: %.3f", share / double(asked));
    QVERIFY(share / double(asked) >= 0.70);
}

QTEST_APPLESS_MAIN(TestEnrichmentQuality)
#include "tst_enrichment_quality.moc"
