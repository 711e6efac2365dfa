// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/connect/connector.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>
#include <format>
#include <limits>

namespace chrona::connect {
namespace {

using namespace Qt::StringLiterals;
using schema::Faults;

/// Reads the fields of one JSON object and keeps every fault it meets.
class Fields {
public:
    Fields(QJsonObject object, std::string prefix, Faults &faults)
        : m_object(std::move(object)), m_prefix(std::move(prefix)), m_faults(faults)
    {
    }

    void fault(std::string_view name, std::string reason)
    {
        m_faults.push_back({m_prefix + std::string(name), std::move(reason)});
    }

    QJsonValue value(const char *name) { return m_object.value(QLatin1StringView(name)); }

    std::string text(const char *name)
    {
        const QJsonValue found = value(name);
        if (!found.isString())
            fault(name, found.isUndefined() ? "is missing" : "is not a text");
        return found.toString().toStdString();
    }

    double number(const char *name)
    {
        const QJsonValue found = value(name);
        if (!found.isDouble())
            fault(name, found.isUndefined() ? "is missing" : "is not a number");
        return found.toDouble();
    }

    std::uint32_t count(const char *name)
    {
        const double found = number(name);
        if (found < 0 || found > std::numeric_limits<std::uint32_t>::max() ||
            found != std::floor(found)) {
            fault(name, "is not a count");
            return 0;
        }
        return static_cast<std::uint32_t>(found);
    }

    bool flag(const char *name)
    {
        const QJsonValue found = value(name);
        if (!found.isBool())
            fault(name, "is neither true nor false");
        return found.toBool();
    }

    template <class Value>
    Value word(const char *name, std::optional<Value> (*read)(std::string_view))
    {
        const std::string found = text(name);
        const auto known = read(found);
        if (!known && !found.empty())
            fault(name, std::format("has the unknown word \"{}\"", found));
        return known.value_or(Value{});
    }

    QJsonArray list(const char *name)
    {
        const QJsonValue found = value(name);
        if (!found.isArray() || found.toArray().isEmpty())
            fault(name, "is not a list with at least one entry");
        return found.toArray();
    }

    Fields object(const char *name)
    {
        const QJsonValue found = value(name);
        if (!found.isObject())
            fault(name, "is not an object");
        return {found.toObject(), m_prefix + name + ".", m_faults};
    }

private:
    QJsonObject m_object;
    std::string m_prefix;
    Faults &m_faults;
};

schema::RatePolicy readRate(Fields fields)
{
    schema::RatePolicy rate;
    rate.requestsPerSecond = fields.number("requests_per_second");
    rate.burst = fields.count("burst");
    rate.concurrentMax = fields.count("concurrent_max");
    if (!fields.value("requests_per_day").isUndefined())
        rate.requestsPerDay = fields.count("requests_per_day");
    return rate;
}

schema::Source readSource(Fields fields, const std::string &connector)
{
    schema::Source source;
    source.connector = connector;
    source.key = fields.text("key");
    source.id = schema::sourceIdFor(source.key);
    source.name = fields.text("name");
    source.homepage = fields.text("homepage");
    source.licence = fields.text("licence");
    source.termsUrl = fields.text("terms_url");
    source.termsCheckedOn = fields.text("terms_checked_on");
    source.redistribution = fields.word("redistribution", schema::redistributionFrom);
    source.retention = fields.word("retention", schema::retentionClassFrom);
    source.attribution = fields.text("attribution");
    source.rate = readRate(fields.object("rate"));
    source.userAgentRule = fields.text("user_agent_rule");
    source.auth = fields.word("auth", schema::authNeedFrom);
    source.publisherFamily = fields.text("publisher_family");
    source.mode = fields.word("mode", schema::ingestModeFrom);
    if (const auto cadence = parseDuration(fields.text("cadence")))
        source.cadence = *cadence;
    else
        fields.fault("cadence", "is not a duration such as \"5m\"");
    for (const QJsonValue &host : fields.list("hosts"))
        source.hosts.push_back(host.toString().toStdString());
    if (!fields.value("robots").isUndefined())
        source.keepsToRobots = fields.flag("robots");
    if (!fields.value("enabled").isUndefined())
        source.enabled = fields.value("enabled").toBool();
    for (auto &found : schema::validate(source))
        fields.fault(found.field, std::move(found.reason));
    return source;
}

void checkKeysDiffer(const Description &description, Faults &faults)
{
    const auto repeated = [&faults](const auto &list, auto nameOf, std::string_view what) {
        for (std::size_t i = 0; i < list.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                if (nameOf(list[i]) == nameOf(list[j]))
                    faults.push_back(
                        {std::format("{}[{}]", what, i), "repeats " + nameOf(list[i])});
    };
    repeated(
        description.kinds, [](const Kind &kind) { return kind.id; }, "kinds");
    repeated(
        description.sources, [](const schema::Source &source) { return source.key; }, "sources");
}

} // namespace

Result<Description> readDescription(std::string_view metadataJson)
{
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(
        QByteArray(metadataJson.data(), static_cast<qsizetype>(metadataJson.size())), &error);
    if (!document.isObject())
        return fail(ErrorCode::InvalidInput,
                    std::format("the metadata is not a JSON object: {} at byte {}",
                                error.errorString().toStdString(), error.offset));
    Faults faults;
    Fields fields(document.object(), "", faults);
    Description description;
    if (const double api = fields.number("api"); api != kApiVersion)
        fields.fault("api", std::format("is {}, this program speaks {}", api, kApiVersion));
    description.id = fields.text("id");
    int index = 0;
    for (const QJsonValue &kind : fields.list("kinds")) {
        Fields part(kind.toObject(), std::format("kinds[{}].", index++), faults);
        description.kinds.push_back({part.text("id"), part.text("title")});
    }
    index = 0;
    for (const QJsonValue &source : fields.list("sources"))
        description.sources.push_back(
            readSource(Fields(source.toObject(), std::format("sources[{}].", index++), faults),
                       description.id));
    checkKeysDiffer(description, faults);
    if (description.id.empty())
        fields.fault("id", "is empty");
    if (!faults.empty())
        return fail(ErrorCode::InvalidInput,
                    "the metadata is not a complete registry entry: " + schema::describe(faults),
                    "see docs/sources/README.md for what an entry must state");
    return description;
}

} // namespace chrona::connect
