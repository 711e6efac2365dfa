// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/base/time.h"
#include "chrona/formats/xml.h"
#include "chrona/schema/fault.h"
#include "chrona/schema/geometry.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The Common Alerting Protocol, 1.0 to 1.2, with the Canadian profile (CAP-CP).
namespace chrona::formats {

enum class CapStatus : std::uint8_t { Actual, Exercise, System, Test, Draft };
enum class CapMessage : std::uint8_t { Alert, Update, Cancel, Ack, Error };
enum class CapUrgency : std::uint8_t { Unknown, Past, Future, Expected, Immediate };
enum class CapSeverity : std::uint8_t { Unknown, Minor, Moderate, Severe, Extreme };
enum class CapCertainty : std::uint8_t { Unknown, Unlikely, Possible, Likely, Observed };

/// Words as CAP writes them, in any case; nullopt: not one of CAP's.
[[nodiscard]] std::optional<CapStatus> capStatusFrom(std::string_view word);
[[nodiscard]] std::optional<CapMessage> capMessageFrom(std::string_view word);
[[nodiscard]] std::optional<CapUrgency> capUrgencyFrom(std::string_view word);
[[nodiscard]] std::optional<CapSeverity> capSeverityFrom(std::string_view word);
/// "Very Likely" of CAP 1.0 is Likely.
[[nodiscard]] std::optional<CapCertainty> capCertaintyFrom(std::string_view word);
[[nodiscard]] std::string_view toString(CapStatus status);
[[nodiscard]] std::string_view toString(CapMessage message);
[[nodiscard]] std::string_view toString(CapUrgency urgency);
[[nodiscard]] std::string_view toString(CapSeverity severity);
[[nodiscard]] std::string_view toString(CapCertainty certainty);

/// valueName and value: of an event code, a parameter or a geocode.
struct CapValue {
    std::string name;
    std::string value;
    friend bool operator==(const CapValue &, const CapValue &) = default;
};

struct CapCircle {
    schema::GeoPoint centre;
    double radiusKm = 0;
};

struct CapArea {
    std::string description;
    schema::MultiPolygon polygons; ///< closed rings; what is no sound polygon is a fault instead
    std::vector<CapCircle> circles;
    std::vector<CapValue> geocodes; ///< SAME, UGC, FIPS6, EMMA_ID, profile:CAP-CP:Location:0.3, …
};

/// What the alert says in one language.
struct CapInfo {
    std::string language; ///< "en-CA"; empty: en-US
    std::vector<std::string> categories;
    std::string event;
    std::vector<std::string> responses;
    CapUrgency urgency = CapUrgency::Unknown;
    CapSeverity severity = CapSeverity::Unknown;
    CapCertainty certainty = CapCertainty::Unknown;
    std::vector<CapValue> eventCodes;
    std::optional<Instant> effective, onset, expires;
    std::string senderName, headline, description, instruction, web;
    std::vector<CapValue> parameters;
    std::vector<CapArea> areas;
};

/// An earlier message that this one updates or cancels.
struct CapReference {
    std::string sender;
    std::string identifier;
    std::string sent;
};

struct CapAlert {
    std::string identifier;
    std::string sender;
    Instant sent;
    CapStatus status = CapStatus::Actual;
    CapMessage message = CapMessage::Alert;
    std::string scope, source, note;
    std::vector<std::string> codes; ///< "profile:CAP-CP:0.4"
    std::vector<CapReference> references;
    std::vector<CapInfo> infos;
    schema::Faults faults; ///< what was left out, and why; the rest stands
};

/// One alert. Fails when the document is no CAP or says not who, what, when and how seriously
/// (identifier, sender, sent, status, msgType).
[[nodiscard]] Result<CapAlert> readCap(std::string_view bytes);
/// The same of an <alert> within another document.
[[nodiscard]] Result<CapAlert> readCap(const XmlElement &alert);

/// "lat,lon lat,lon …", or with blanks alone as GeoRSS has it, as a closed ring in lon/lat.
[[nodiscard]] Result<schema::Ring> readCapPolygon(std::string_view text);
/// "lat,lon radius" in kilometres.
[[nodiscard]] Result<CapCircle> readCapCircle(std::string_view text);
/// A ring around a circle, for views that know areas only.
[[nodiscard]] schema::Ring ringAround(const CapCircle &circle);

/// The identity of a weather event at the National Weather Service (directive 10-1703).
struct Vtec {
    std::string action;                  ///< NEW, CON, EXT, EXA, EXB, UPG, CAN, EXP, COR, ROU
    std::string office;                  ///< "KPQR"
    std::string phenomenon;              ///< "FA"
    std::string significance;            ///< "A": watch, "W": warning, "Y": advisory
    std::string number;                  ///< "0004", counted by office, phenomenon and year
    std::optional<Instant> begins, ends; ///< none: begun before, or until further notice
};
/// The first primary code in "/O.CON.KPQR.FA.A.0004.000000T0000Z-191222T1800Z/".
[[nodiscard]] std::optional<Vtec> readVtec(std::string_view text);

} // namespace chrona::formats
