// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sdmx_builder.h"

#include "chrona/formats/json.h"

#include <algorithm>
#include <charconv>
#include <format>

namespace chrona::formats {
namespace {

std::string textOf(JsonValue value)
{
    if (const auto text = value.asString())
        return std::string(*text);
    // Names in several languages are an object; the first will do.
    for (const JsonMember &member : value.members())
        return textOf(member.value);
    return value.isNothing() ? std::string() : value.toJson();
}

struct Component {
    std::string id;
    std::optional<std::int64_t> position; ///< among the dimensions of the key
    std::vector<std::string> values;      ///< codes, or texts where there is no code
    bool isTime = false;
};

Component componentFrom(JsonValue json)
{
    Component component;
    component.id = textOf(json["id"]);
    component.position = json["keyPosition"].asInteger();
    const JsonValue role = json["role"].isNothing() ? json["roles"] : json["role"];
    component.isTime = isSdmxTime(component.id) || textOf(role) == "TIME_PERIOD" ||
                       role.toJson().contains("\"TIME_PERIOD\"");
    for (const JsonValue value : json["values"].items()) {
        const JsonValue text = !value["id"].isNothing()      ? value["id"]
                               : !value["value"].isNothing() ? value["value"]
                                                             : value["name"];
        component.values.push_back(value.kind() == JsonValue::Kind::Object ? textOf(text)
                                                                           : textOf(value));
    }
    return component;
}

std::vector<Component> componentsFrom(JsonValue list)
{
    std::vector<Component> components;
    for (const JsonValue json : list.items())
        components.push_back(componentFrom(json));
    return components;
}

/// A dimension's code with its place in the key.
struct Placed {
    const Component *component;
    std::size_t value;
};

class SdmxJsonReader {
public:
    SdmxJsonReader(JsonValue root, SdmxBuilder &builder) : m_builder(builder)
    {
        const JsonValue data = root["data"].isMissing() ? root : root["data"];
        m_structure = data["structure"];
        for (const JsonValue structure : data["structures"].items())
            if (m_structure.isMissing())
                m_structure = structure;
        m_dataSets = data["dataSets"];
        const JsonValue header = root["header"].isMissing() ? root["meta"] : root["header"];
        if (const auto prepared = parseInstant(textOf(header["prepared"])))
            builder.set.preparedAt = *prepared;
    }

    void read()
    {
        const JsonValue dimensions = m_structure["dimensions"];
        if (dimensions.isMissing() || m_dataSets.kind() != JsonValue::Kind::Array)
            return m_builder.refuse("the text is no SDMX-JSON: structure or dataSets are missing");
        readFlow();
        m_setDimensions = componentsFrom(dimensions["dataSet"]);
        m_seriesDimensions = componentsFrom(dimensions["series"]);
        m_observationDimensions = componentsFrom(dimensions["observation"]);
        const JsonValue attributes = m_structure["attributes"];
        m_setAttributes = componentsFrom(attributes["dataSet"]);
        m_seriesAttributes = componentsFrom(attributes["series"]);
        m_observationAttributes = componentsFrom(attributes["observation"]);
        for (const JsonValue dataSet : m_dataSets.items()) {
            m_shared = attributesFrom(dataSet["attributes"], m_setAttributes, 0);
            readObservations(dataSet["observations"], {}, m_shared);
            for (const JsonMember &series : dataSet["series"].members())
                readSeries(series);
        }
    }

private:
    void readFlow()
    {
        SdmxFlow &flow = m_builder.set.flow;
        for (const JsonValue link : m_structure["links"].items()) {
            const std::string rel = textOf(link["rel"]);
            if (auto named = sdmxFlowFrom(textOf(link["urn"])); named && flow.id.empty()) {
                flow = std::move(*named);
                flow.isFlow = rel == "dataflow" || textOf(link["urn"]).contains("Dataflow=");
            }
            const std::string href = textOf(link["href"]);
            const std::size_t at = href.find("/dataflow/");
            if (rel != "dataflow" || at == std::string::npos || flow.isFlow)
                continue;
            std::string_view path = std::string_view(href).substr(at + 10);
            for (std::string *part : {&flow.agency, &flow.id, &flow.version}) {
                *part = path.substr(0, std::min(path.find_first_of("/?"), path.size()));
                path.remove_prefix(std::min(part->size() + 1, path.size()));
            }
            flow.isFlow = true;
        }
    }

    void readSeries(const JsonMember &series)
    {
        std::vector<Placed> placed;
        if (!place(series.name, m_seriesDimensions, placed))
            return m_builder.fault(std::string(series.name),
                                   "the key of the series points nowhere");
        SdmxValues attributes = attributesFrom(series.value["attributes"], m_seriesAttributes, 0);
        attributes.insert(attributes.end(), m_shared.begin(), m_shared.end());
        readObservations(series.value["observations"], placed, attributes);
    }

    void readObservations(JsonValue observations, const std::vector<Placed> &series,
                          const SdmxValues &attributes)
    {
        for (const JsonMember &entry : observations.members()) {
            if (m_builder.failed())
                return;
            std::vector<Placed> placed = series;
            if (!place(entry.name, m_observationDimensions, placed)) {
                m_builder.fault(std::string(entry.name),
                                "the key of the observation points nowhere");
                continue;
            }
            observe(std::move(placed), entry.value, attributes);
        }
    }

    void observe(std::vector<Placed> placed, JsonValue entry, const SdmxValues &attributes)
    {
        for (const Component &component : m_setDimensions)
            if (!component.values.empty())
                placed.push_back({&component, 0});
        // Where every dimension knows its place the key is the same however the message is cut.
        if (std::ranges::all_of(placed, [](const Placed &at) {
                return at.component->isTime || at.component->position.has_value();
            }))
            std::ranges::stable_sort(
                placed, {}, [](const Placed &at) { return at.component->position.value_or(0); });
        SdmxValues dimensions;
        SdmxStated stated;
        for (const Placed &at : placed)
            if (at.component->isTime)
                stated.period = at.component->values[at.value];
            else
                dimensions.push_back({at.component->id, at.component->values[at.value]});
        const JsonValue first = entry.kind() == JsonValue::Kind::Array ? valueAt(entry, 0) : entry;
        const std::string value = textOf(first);
        stated.value = value;
        stated.attributes = attributesFrom(entry, m_observationAttributes, 1);
        if (SdmxSeries *series = m_builder.series(std::move(dimensions), attributes))
            m_builder.observe(*series, std::move(stated));
    }

    static JsonValue valueAt(JsonValue array, std::size_t wanted)
    {
        for (const JsonValue value : array.items())
            if (wanted-- == 0)
                return value;
        return {};
    }

    /// "0:3:1" to a code of each component. False where it points outside.
    static bool place(std::string_view key, const std::vector<Component> &components,
                      std::vector<Placed> &placed)
    {
        for (const Component &component : components) {
            const std::size_t end = std::min(key.find(':'), key.size());
            std::size_t value = 0;
            const auto [stop, error] = std::from_chars(key.data(), key.data() + end, value);
            if (error != std::errc{} || stop != key.data() + end ||
                value >= component.values.size())
                return false;
            placed.push_back({&component, value});
            key.remove_prefix(std::min(end + 1, key.size()));
        }
        return key.empty();
    }

    /// Attributes come as indexes, in the order of their components; null: none.
    static SdmxValues attributesFrom(JsonValue indexes, const std::vector<Component> &components,
                                     std::size_t skip)
    {
        SdmxValues attributes;
        std::size_t at = 0;
        for (const JsonValue index : indexes.items()) {
            if (at >= skip && at - skip < components.size()) {
                const Component &component = components[at - skip];
                const auto value = index.asInteger();
                if (value && *value >= 0 && std::size_t(*value) < component.values.size())
                    attributes.push_back({component.id, component.values[std::size_t(*value)]});
                else if (const auto text = index.asString())
                    attributes.push_back({component.id, std::string(*text)});
            }
            ++at;
        }
        return attributes;
    }

    SdmxBuilder &m_builder;
    JsonValue m_structure, m_dataSets;
    std::vector<Component> m_setDimensions, m_seriesDimensions, m_observationDimensions;
    std::vector<Component> m_setAttributes, m_seriesAttributes, m_observationAttributes;
    SdmxValues m_shared;
};

} // namespace

Result<SeriesSet> readSdmxJson(std::string_view text, const SdmxLimits &limits)
{
    const auto document = JsonDocument::parse(text, {.bytesMax = limits.bytesMax, .depthMax = 32});
    if (!document)
        return std::unexpected(document.error());
    SdmxBuilder builder(limits);
    SdmxJsonReader(document->root(), builder).read();
    return builder.take();
}

} // namespace chrona::formats
