// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sdmx_builder.h"

#include "chrona/formats/xml.h"

#include <algorithm>
#include <array>
#include <format>

namespace chrona::formats {
namespace {

constexpr std::size_t kElementsMax = 4'000'000; // a century of daily values, each with attributes

/// What is an attribute wherever it is met. Structure-specific messages do not say.
constexpr std::array<std::string_view, 35> kAttributeNames{
    "AVAILABILITY",  "BREAKS",      "COLLECTION",      "COLL_METHOD",      "COMPILATION",
    "COMMENT_TS",    "CONF_STATUS", "CONF_STATUS_OBS", "COVERAGE",         "DATA_COMP",
    "DECIMALS",      "DISS_ORG",    "DOM_SER_IDS",     "EMBARGO_TIME",     "IDBANK",
    "LAST_UPDATE",   "NAT_TITLE",   "OBS_COM",         "OBS_CONF",         "OBS_FLAG",
    "OBS_PRE_BREAK", "OBS_STATUS",  "PUBL_ECB",        "PUBL_MU",          "PUBL_PUBLIC",
    "SOURCE_AGENCY", "SOURCE_PUB",  "TIME_FORMAT",     "TIME_PER_COLLECT", "TITLE",
    "TITLE_COMPL",   "TITLE_EN",    "TITLE_FR",        "UNIT_MULT",        "VALUATION"};
/// Dimensions also where they follow an attribute.
constexpr std::array<std::string_view, 9> kDimensionNames{
    "FREQ",    "REF_AREA",   "CURRENCY",   "CURRENCY_DENOM", "EXR_TYPE",
    "EXR_VAR", "EXR_SUFFIX", "ADJUSTMENT", "INDICATOR"};

void add(SdmxValues &values, std::string_view id, std::string_view value)
{
    values.push_back({std::string(id), std::string(value)});
}

class SdmxMlReader {
public:
    explicit SdmxMlReader(SdmxBuilder &builder) : m_builder(builder) {}

    bool isRecord(XmlName name, std::size_t depth)
    {
        if (depth == 1)
            m_hasRoot = isMessage(name.local);
        return (depth == 2 && (name.local == "Header" || name.local == "Footer" ||
                               name.local == "ErrorMessage")) ||
               (depth == 3 && (name.local == "Series" || name.local == "Obs" ||
                               name.local == "Group" || name.local == "Attributes"));
    }

    void around(const XmlElement &element)
    {
        if (element.local != "DataSet")
            return;
        m_shared.clear();
        for (const XmlAttribute &attribute : element.attributes)
            if (attribute.space.empty() && std::ranges::contains(kAttributeNames, attribute.local))
                add(m_shared, attribute.local, attribute.value);
    }

    void record(const XmlElement &element)
    {
        if (m_builder.failed())
            return;
        if (element.local == "Header")
            readHeader(element);
        else if (element.local == "Footer" || element.local == "ErrorMessage")
            readMessage(element);
        else if (element.local == "Attributes")
            readValues(element, m_shared);
        else if (element.local == "Series")
            readSeries(element);
        else if (element.local == "Obs")
            readObservation(element, {}, {});
    }

    void finish()
    {
        if (!m_hasRoot)
            m_builder.refuse("the document is no SDMX message of data");
        else if (m_builder.set.series.empty() && !m_message.empty())
            m_builder.refuse("the publisher answers: " + m_message);
    }

private:
    static bool isMessage(std::string_view name)
    {
        constexpr std::array<std::string_view, 5> kNames{
            "GenericData", "GenericTimeSeriesData", "StructureSpecificData",
            "StructureSpecificTimeSeriesData", "Error"};
        return std::ranges::contains(kNames, name);
    }

    void readHeader(const XmlElement &header)
    {
        if (const auto at = parseInstant(header.childText("Prepared")))
            m_builder.set.preparedAt = *at;
        const XmlElement *outer = header.child("Structure");
        if (!outer)
            return;
        if (const auto at = outer->attribute("dimensionAtObservation"); !at.empty())
            m_atObservation = at;
        for (const std::string_view kind : {"StructureUsage", "ProvisionAgreement", "Structure"}) {
            const XmlElement *inner = outer->child(kind);
            if (!inner || !m_builder.set.flow.id.empty())
                continue;
            SdmxFlow &flow = m_builder.set.flow;
            if (const XmlElement *reference = inner->child("Ref"))
                flow = {std::string(reference->attribute("agencyID")),
                        std::string(reference->attribute("id")),
                        std::string(reference->attribute("version"))};
            else if (auto named = sdmxFlowFrom(inner->childText("URN")))
                flow = std::move(*named);
            flow.isFlow = kind == "StructureUsage";
        }
    }

    /// A footer or an error: what the publisher says instead of data, or beside them.
    void readMessage(const XmlElement &element)
    {
        const XmlElement *message = element.local == "Footer" ? element.child("Message") : &element;
        if (!message || !m_message.empty())
            return;
        m_message = message->attribute("code");
        for (const XmlElement &text : message->children)
            m_message += (m_message.empty() ? "" : " ") + std::string(text.trimmedText());
    }

    static void readValues(const XmlElement &list, SdmxValues &values)
    {
        for (const XmlElement &value : list.children)
            if (value.local == "Value")
                add(values, value.attribute("id"), value.attribute("value"));
    }

    /// XML attributes of a structure-specific Series or Obs.
    void split(const XmlElement &element, SdmxValues &dimensions, SdmxValues &attributes) const
    {
        bool afterAttribute = false;
        for (const XmlAttribute &each : element.attributes) {
            if (!each.space.empty() || each.local == "OBS_VALUE")
                continue;
            const bool named = std::ranges::contains(kAttributeNames, each.local);
            const bool dimension = isSdmxTime(each.local) || each.local == m_atObservation ||
                                   (!named && !afterAttribute) ||
                                   std::ranges::contains(kDimensionNames, each.local);
            afterAttribute |= named;
            add(dimension ? dimensions : attributes, each.local, each.value);
        }
    }

    void readSeries(const XmlElement &series)
    {
        SdmxValues dimensions, attributes;
        split(series, dimensions, attributes);
        if (const XmlElement *key = series.child("SeriesKey"))
            readValues(*key, dimensions);
        if (const XmlElement *list = series.child("Attributes"))
            readValues(*list, attributes);
        bool hasObservations = false;
        for (const XmlElement &observation : series.children)
            if (observation.local == "Obs") {
                readObservation(observation, dimensions, attributes);
                hasObservations = true;
            }
        if (!hasObservations && !dimensions.empty())
            (void)m_builder.series(std::move(dimensions), std::move(attributes));
    }

    void readObservation(const XmlElement &observation, SdmxValues dimensions,
                         SdmxValues attributes)
    {
        SdmxStated stated;
        split(observation, dimensions, stated.attributes);
        if (const XmlElement *key = observation.child("ObsKey"))
            readValues(*key, dimensions);
        if (const XmlElement *at = observation.child("ObsDimension"))
            add(dimensions, at->attribute("id").empty() ? m_atObservation : at->attribute("id"),
                at->attribute("value"));
        if (const XmlElement *list = observation.child("Attributes"))
            readValues(*list, stated.attributes);
        const XmlElement *value = observation.child("ObsValue");
        stated.value = value ? value->attribute("value") : observation.attribute("OBS_VALUE");
        const auto time = std::ranges::find_if(
            dimensions, [](const SdmxValue &dimension) { return isSdmxTime(dimension.id); });
        const std::string period = time == dimensions.end() ? std::string() : time->value;
        if (time != dimensions.end())
            dimensions.erase(time);
        stated.period = period;
        attributes.insert(attributes.end(), m_shared.begin(), m_shared.end());
        if (SdmxSeries *series = m_builder.series(std::move(dimensions), std::move(attributes)))
            m_builder.observe(*series, std::move(stated));
    }

    SdmxBuilder &m_builder;
    SdmxValues m_shared; ///< of the data set
    std::string m_atObservation = "TIME_PERIOD";
    std::string m_message;
    bool m_hasRoot = false;
};

} // namespace

Result<SeriesSet> readSdmxMl(std::string_view text, const SdmxLimits &limits)
{
    SdmxBuilder builder(limits);
    SdmxMlReader reader(builder);
    XmlRecords records;
    records.isRecord = [&](XmlName name, std::size_t depth) {
        return reader.isRecord(name, depth);
    };
    records.record = [&](const XmlElement &element) { reader.record(element); };
    records.around = [&](const XmlElement &element) { reader.around(element); };
    const auto done =
        readXmlRecords(text, records, {.bytesMax = limits.bytesMax, .elementsMax = kElementsMax});
    if (!done)
        return std::unexpected(done.error());
    reader.finish();
    return builder.take();
}

} // namespace chrona::formats
