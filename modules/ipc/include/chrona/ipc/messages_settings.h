// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages_session.h"

#include <string>
#include <vector>

/// The sample world, settings and the end of the service.
namespace chrona::ipc {

/// What was written, or taken away.
struct DemoReport {
    static constexpr std::uint16_t kType = 0x0501;
    std::int64_t events = 0;
    std::int64_t entities = 0;
    std::int64_t bars = 0;
    std::int64_t observations = 0;
    std::int64_t quotes = 0;
    std::int64_t boundaries = 0;
    static constexpr auto fields()
    {
        return fieldList(
            field("events", &DemoReport::events), field("entities", &DemoReport::entities),
            field("bars", &DemoReport::bars), field("observations", &DemoReport::observations),
            field("quotes", &DemoReport::quotes), field("boundaries", &DemoReport::boundaries));
    }
    friend bool operator==(const DemoReport &, const DemoReport &) = default;
};

/// The synthetic sample world; loading it twice changes nothing.
struct DemoLoad {
    static constexpr std::uint16_t kType = 0x0500;
    using Reply = DemoReport;
    std::uint64_t seed = 1;
    std::uint32_t events = 250'000;
    std::int32_t years = 6;
    std::optional<Instant> end; ///< where the world stops; absent: the sample's own fixed end
    static constexpr auto fields()
    {
        return fieldList(field("seed", &DemoLoad::seed), field("events", &DemoLoad::events),
                         field("years", &DemoLoad::years), field("end", &DemoLoad::end));
    }
    friend bool operator==(const DemoLoad &, const DemoLoad &) = default;
};

struct DemoClear {
    static constexpr std::uint16_t kType = 0x0502;
    using Reply = DemoReport;
    static constexpr auto fields() { return fieldList(); }
    friend bool operator==(const DemoClear &, const DemoClear &) = default;
};

struct Setting {
    std::string key; ///< "sources.live", "workstation.first_run_done"
    std::string value;
    static constexpr auto fields()
    {
        return fieldList(required("key", &Setting::key), field("value", &Setting::value));
    }
    friend bool operator==(const Setting &, const Setting &) = default;
};

struct ConfigReply {
    static constexpr std::uint16_t kType = 0x0504;
    std::vector<Setting> settings; ///< by key
    static constexpr auto fields() { return fieldList(field("settings", &ConfigReply::settings)); }
    friend bool operator==(const ConfigReply &, const ConfigReply &) = default;
};

struct ConfigGet {
    static constexpr std::uint16_t kType = 0x0503;
    using Reply = ConfigReply;
    std::string key; ///< empty: all
    static constexpr auto fields() { return fieldList(field("key", &ConfigGet::key)); }
    friend bool operator==(const ConfigGet &, const ConfigGet &) = default;
};

struct ConfigSet {
    static constexpr std::uint16_t kType = 0x0505;
    using Reply = Done;
    Setting setting; ///< an unknown key or an unfit value is refused
    static constexpr auto fields() { return fieldList(required("setting", &ConfigSet::setting)); }
    friend bool operator==(const ConfigSet &, const ConfigSet &) = default;
};

/// The service answers, then ends in order.
struct Shutdown {
    static constexpr std::uint16_t kType = 0x0506;
    using Reply = Done;
    static constexpr auto fields() { return fieldList(); }
    friend bool operator==(const Shutdown &, const Shutdown &) = default;
};

} // namespace chrona::ipc
