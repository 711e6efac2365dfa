// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/cap.h"

#include "chrona/formats/stated_time.h"

#include <array>
#include <format>

namespace chrona::formats {
namespace {

constexpr std::size_t kCapBytesMax = 32 << 20;
constexpr std::size_t kInfosMax = 500;

bool isCapNamespace(std::string_view space)
{
    return space == "urn:oasis:names:tc:emergency:cap:1.2" ||
           space == "urn:oasis:names:tc:emergency:cap:1.1" ||
           space == "http://www.incident.com/cap/1.0";
}

/// Reads one alert; faults that end it are failures, others are noted and what they are in is left
/// out.
class Reader {
public:
    explicit Reader(const XmlElement &element) : m_element(element) {}

    Result<CapAlert> read()
    {
        if (m_element.local != "alert" || !isCapNamespace(m_element.space))
            return fail(ErrorCode::InvalidInput,
                        std::format("<{}> is not an alert of CAP 1.0, 1.1 or 1.2",
                                    m_element.local.substr(0, 60)));
        if (auto done = readHead(); !done)
            return std::unexpected(done.error());
        m_alert.scope = m_element.childText("scope");
        m_alert.source = m_element.childText("source");
        m_alert.note = m_element.childText("note");
        readReferences(m_element.childText("references"));
        for (const XmlElement &child : m_element.children) {
            if (child.local == "code")
                m_alert.codes.emplace_back(child.trimmedText());
            else if (child.local == "info" && m_alert.infos.size() < kInfosMax)
                m_alert.infos.push_back(readInfo(child));
        }
        return std::move(m_alert);
    }

private:
    Status readHead()
    {
        m_alert.identifier = m_element.childText("identifier");
        m_alert.sender = m_element.childText("sender");
        if (m_alert.identifier.empty() || m_alert.sender.empty())
            return fail(ErrorCode::InvalidInput, "the alert has no identifier or no sender");
        const auto sent = readStatedTime(m_element.childText("sent"));
        if (!sent)
            return fail(ErrorCode::InvalidInput, "sent: " + sent.error().what);
        m_alert.sent = *sent;
        const auto status = capStatusFrom(m_element.childText("status"));
        const auto message = capMessageFrom(m_element.childText("msgType"));
        if (!status || !message)
            return fail(ErrorCode::InvalidInput,
                        std::format("{} is missing or not one of CAP's words",
                                    status ? "msgType" : "status"));
        m_alert.status = *status;
        m_alert.message = *message;
        return {};
    }

    /// "sender,identifier,sent" three by three, parted by blanks.
    void readReferences(std::string_view text)
    {
        while (true) {
            const auto first = text.find_first_not_of(" \t\r\n");
            if (first == std::string_view::npos)
                return;
            text.remove_prefix(first);
            const std::string_view one = text.substr(0, text.find_first_of(" \t\r\n"));
            text.remove_prefix(one.size());
            const auto left = one.find(',');
            const auto right = one.rfind(',');
            if (left == std::string_view::npos || right == left)
                fault("references",
                      std::format("\"{}\" is not sender,identifier,sent", one.substr(0, 80)));
            else
                m_alert.references.push_back({std::string(one.substr(0, left)),
                                              std::string(one.substr(left + 1, right - left - 1)),
                                              std::string(one.substr(right + 1))});
        }
    }

    CapInfo readInfo(const XmlElement &element)
    {
        m_path = std::format("info[{}].", m_alert.infos.size());
        CapInfo info;
        info.language = element.childText("language");
        info.event = element.childText("event");
        info.urgency = word(element, "urgency", capUrgencyFrom);
        info.severity = word(element, "severity", capSeverityFrom);
        info.certainty = word(element, "certainty", capCertaintyFrom);
        info.effective = time(element, "effective");
        info.onset = time(element, "onset");
        info.expires = time(element, "expires");
        info.senderName = element.childText("senderName");
        info.headline = element.childText("headline");
        info.description = element.childText("description");
        info.instruction = element.childText("instruction");
        info.web = element.childText("web");
        for (const XmlElement &child : element.children) {
            if (child.local == "category")
                info.categories.emplace_back(child.trimmedText());
            else if (child.local == "responseType")
                info.responses.emplace_back(child.trimmedText());
            else if (child.local == "eventCode")
                info.eventCodes.push_back(valueFrom(child));
            else if (child.local == "parameter")
                info.parameters.push_back(valueFrom(child));
            else if (child.local == "area")
                info.areas.push_back(readArea(child, info.areas.size()));
        }
        return info;
    }

    CapArea readArea(const XmlElement &element, std::size_t index)
    {
        CapArea area;
        area.description = element.childText("areaDesc");
        for (const XmlElement &child : element.children) {
            const std::string field = std::format("area[{}].{}", index, child.local);
            if (child.local == "polygon" && !child.trimmedText().empty()) {
                if (auto ring = readCapPolygon(child.text))
                    area.polygons.push_back({std::move(*ring)});
                else
                    fault(m_path + field, ring.error().what);
            } else if (child.local == "circle" && !child.trimmedText().empty()) {
                if (const auto circle = readCapCircle(child.text))
                    area.circles.push_back(*circle);
                else
                    fault(m_path + field, circle.error().what);
            } else if (child.local == "geocode") {
                area.geocodes.push_back(valueFrom(child));
            }
        }
        return area;
    }

    static CapValue valueFrom(const XmlElement &element)
    {
        return {std::string(element.childText("valueName")),
                std::string(element.childText("value"))};
    }

    template <class Value>
    Value word(const XmlElement &element, std::string_view name,
               std::optional<Value> (*readWord)(std::string_view))
    {
        const std::string_view text = element.childText(name);
        const auto known = readWord(text);
        if (!known && !text.empty())
            fault(m_path + std::string(name),
                  std::format("\"{}\" is not one of CAP's words", text.substr(0, 40)));
        return known.value_or(Value{});
    }

    std::optional<Instant> time(const XmlElement &element, std::string_view name)
    {
        const std::string_view text = element.childText(name);
        if (text.empty())
            return std::nullopt;
        const auto instant = readStatedTime(text);
        if (instant)
            return *instant;
        fault(m_path + std::string(name), instant.error().what);
        return std::nullopt;
    }

    void fault(std::string field, std::string reason)
    {
        constexpr std::size_t kAlertFaultsMax = 100;
        if (m_alert.faults.size() < kAlertFaultsMax)
            m_alert.faults.push_back({std::move(field), std::move(reason)});
    }

    const XmlElement &m_element;
    CapAlert m_alert;
    std::string m_path;
};

} // namespace

Result<CapAlert> readCap(const XmlElement &alert)
{
    return Reader(alert).read();
}

Result<CapAlert> readCap(std::string_view bytes)
{
    const auto root = readXml(bytes, {.bytesMax = kCapBytesMax});
    if (!root)
        return std::unexpected(root.error());
    return readCap(*root);
}

} // namespace chrona::formats
