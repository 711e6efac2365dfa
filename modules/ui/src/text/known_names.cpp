// SPDX-License-Identifier: AGPL-3.0-or-later
#include "text/known_names.h"

#include "text/names.h"

#include <QCoreApplication>
#include <QFile>
#include <QHash>
#include <QLocale>
#include <QMutex>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <unordered_map>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

struct TopicWords {
    Q_DECLARE_TR_FUNCTIONS(chrona::ui::Topics)
};

constexpr std::string_view kCountryKey = "country:", kTopicKey = "topic:";

/// Topics of the sample world, of connectors and of the shipped exposures, beside the sixteen.
struct NamedTopic {
    const char *slug;
    const char *words;
};
constexpr auto kNamedTopics = std::to_array<NamedTopic>({
    {"agriculture", QT_TRANSLATE_NOOP("chrona::ui::Topics", "Agriculture")},
    {"courts", QT_TRANSLATE_NOOP("chrona::ui::Topics", "Courts")},
    {"disaster", QT_TRANSLATE_NOOP("chrona::ui::Topics", "Disasters")},
    {"earthquake", QT_TRANSLATE_NOOP("chrona::ui::Topics", "Earthquakes")},
    {"elections", QT_TRANSLATE_NOOP("chrona::ui::Topics", "Elections")},
    {"energy-supply", QT_TRANSLATE_NOOP("chrona::ui::Topics", "Energy supply")},
    {"epidemic", QT_TRANSLATE_NOOP("chrona::ui::Topics", "Epidemics")},
    {"filings", QT_TRANSLATE_NOOP("chrona::ui::Topics", "Filings")},
    {"financial_stability", QT_TRANSLATE_NOOP("chrona::ui::Topics", "Financial stability")},
    {"fiscal-policy", QT_TRANSLATE_NOOP("chrona::ui::Topics", "Fiscal policy")},
    {"fiscal_policy", QT_TRANSLATE_NOOP("chrona::ui::Topics", "Fiscal policy")},
    {"flood", QT_TRANSLATE_NOOP("chrona::ui::Topics", "Floods")},
    {"geopolitics", QT_TRANSLATE_NOOP("chrona::ui::Topics", "Geopolitics")},
    {"government", QT_TRANSLATE_NOOP("chrona::ui::Topics", "Government")},
    {"housing", QT_TRANSLATE_NOOP("chrona::ui::Topics", "Housing")},
    {"legislation", QT_TRANSLATE_NOOP("chrona::ui::Topics", "Legislation")},
    {"monetary-policy", QT_TRANSLATE_NOOP("chrona::ui::Topics", "Monetary policy")},
    {"power-grid", QT_TRANSLATE_NOOP("chrona::ui::Topics", "Power grid")},
    {"protest", QT_TRANSLATE_NOOP("chrona::ui::Topics", "Protests")},
    {"public-health", QT_TRANSLATE_NOOP("chrona::ui::Topics", "Public health")},
    {"risk_appetite", QT_TRANSLATE_NOOP("chrona::ui::Topics", "Appetite for risk")},
    {"science", QT_TRANSLATE_NOOP("chrona::ui::Topics", "Science")},
    {"severe-weather", QT_TRANSLATE_NOOP("chrona::ui::Topics", "Severe weather")},
    {"shipping", QT_TRANSLATE_NOOP("chrona::ui::Topics", "Shipping")},
    {"terrorism", QT_TRANSLATE_NOOP("chrona::ui::Topics", "Terrorism")},
    {"trade-policy", QT_TRANSLATE_NOOP("chrona::ui::Topics", "Trade policy")},
    {"transport", QT_TRANSLATE_NOOP("chrona::ui::Topics", "Transport")},
    {"tropical-cyclone", QT_TRANSLATE_NOOP("chrona::ui::Topics", "Tropical cyclones")},
    {"volcano", QT_TRANSLATE_NOOP("chrona::ui::Topics", "Volcanoes")},
    {"wildfire", QT_TRANSLATE_NOOP("chrona::ui::Topics", "Wildfires")},
});

QString wordsOf(const NamedTopic &topic)
{
    return QCoreApplication::translate("chrona::ui::Topics", topic.words);
}

/// Empty: not one of those that are known.
QString topicCalled(std::string_view slug)
{
    if (const auto topic = schema::topicFrom(slug))
        return topicName(*topic);
    const auto named = std::ranges::find(kNamedTopics, slug, &NamedTopic::slug);
    return named == kNamedTopics.end() ? QString() : wordsOf(*named);
}

/// What countries are called in one language: the first name is shown, all are searched.
struct CountryTable {
    QHash<QString, QStringList> names; ///< by alpha-2

    static CountryTable read(const QString &path)
    {
        CountryTable table;
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) // English is in the data itself
            return table;
        const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
        for (const QString &line : lines)
            if (QStringList fields = line.split(u'\t'); fields.size() > 1) {
                const QString code = fields.takeFirst();
                table.names.insert(code, fields);
            }
        return table;
    }
};

/// Of the user's language, read when it is first needed; it lives as long as the program.
const CountryTable &countryTable()
{
    static QMutex mutex;
    static std::unordered_map<QLocale::Language, std::unique_ptr<const CountryTable>> tables;
    const QLocale::Language language = QLocale().language();
    const QMutexLocker lock(&mutex);
    std::unique_ptr<const CountryTable> &table = tables[language];
    if (!table)
        table = std::make_unique<const CountryTable>(CountryTable::read(
            u":/chrona/names/country_names_%1.tsv"_s.arg(QLocale::languageToCode(language))));
    return *table;
}

/// 0: a word of the name begins so; 1: the name itself does; nothing: neither.
std::optional<int> rankOf(const QString &name, const QString &typed)
{
    if (name.startsWith(typed, Qt::CaseInsensitive))
        return 1;
    for (qsizetype at = 1; at < name.size(); ++at)
        if (!name[at - 1].isLetterOrNumber() &&
            QStringView(name).sliced(at).startsWith(typed, Qt::CaseInsensitive))
            return 0;
    return std::nullopt;
}

} // namespace

QString topicName(schema::Topic topic)
{
    switch (topic) {
    case schema::Topic::None: return TopicWords::tr("No topic");
    case schema::Topic::MonetaryPolicy: return TopicWords::tr("Monetary policy");
    case schema::Topic::Inflation: return TopicWords::tr("Inflation");
    case schema::Topic::Employment: return TopicWords::tr("Employment");
    case schema::Topic::Growth: return TopicWords::tr("Growth");
    case schema::Topic::Fiscal: return TopicWords::tr("Budgets and debt");
    case schema::Topic::Trade: return TopicWords::tr("Trade");
    case schema::Topic::Sanctions: return TopicWords::tr("Sanctions");
    case schema::Topic::Conflict: return TopicWords::tr("Conflict");
    case schema::Topic::Diplomacy: return TopicWords::tr("Diplomacy");
    case schema::Topic::Politics: return TopicWords::tr("Politics");
    case schema::Topic::Energy: return TopicWords::tr("Energy");
    case schema::Topic::Disasters: return TopicWords::tr("Disasters and weather");
    case schema::Topic::Health: return TopicWords::tr("Health");
    case schema::Topic::Technology: return TopicWords::tr("Technology and science");
    case schema::Topic::Companies: return TopicWords::tr("Companies");
    case schema::Topic::Markets: return TopicWords::tr("Markets");
    }
    return TopicWords::tr("No topic");
}

QString countryName(QStringView code)
{
    const QString country = code.left(2).toString().toUpper();
    if (country.size() < 2 || (code.size() > 2 && code[2] != u'-'))
        return {};
    if (const QStringList names = countryTable().names.value(country); !names.isEmpty())
        return names.first();
    const QLocale::Territory territory = QLocale::codeToTerritory(country);
    return territory == QLocale::AnyTerritory ? QString() : QLocale::territoryToString(territory);
}

QString regionName(const QString &code)
{
    const QString country = countryName(code);
    return country.isEmpty() ? code : code + u" · "_s + country;
}

QString entityName(std::string_view key, std::string_view name)
{
    QString shown;
    if (key.starts_with(kTopicKey))
        shown = topicCalled(key.substr(kTopicKey.size()));
    else if (key.starts_with(kCountryKey))
        shown = countryTable().names.value(fromUtf8(key.substr(kCountryKey.size()))).value(0);
    return shown.isEmpty() ? fromUtf8(name) : shown;
}

QString countryCalled(const QString &name)
{
    const auto &countries = countryTable().names;
    for (auto country = countries.cbegin(); country != countries.cend(); ++country)
        if (country->contains(name, Qt::CaseInsensitive))
            return country.key();
    return {};
}

std::vector<std::string> keysCalled(const QString &typed, std::size_t most)
{
    const QString wanted = typed.trimmed();
    if (wanted.isEmpty())
        return {};
    std::vector<std::pair<int, std::string>> found; // better ones are less
    const auto offer = [&](const QStringList &names, std::string key) {
        std::optional<int> best;
        for (const QString &name : names)
            best = std::max(best, rankOf(name, wanted));
        if (best)
            found.emplace_back(-*best, std::move(key));
    };
    const auto &countries = countryTable().names;
    for (auto country = countries.cbegin(); country != countries.cend(); ++country)
        offer(*country, std::string(kCountryKey) + country.key().toStdString());
    for (std::size_t number = 1; number < schema::kTopicCount; ++number)
        offer({topicName(schema::Topic(number))}, schema::entityKeyOf(schema::Topic(number)));
    for (const NamedTopic &topic : kNamedTopics)
        offer({wordsOf(topic)}, std::string(kTopicKey) + topic.slug);
    std::ranges::sort(found);
    found.resize(std::min(found.size(), most));
    std::vector<std::string> keys;
    for (auto &[rank, key] : found)
        keys.push_back(std::move(key));
    return keys;
}

} // namespace chrona::ui
