// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/base/time.h"
#include "chrona/ipc/fields.h"

#include <cstdint>
#include <optional>
#include <string>

/// Messages that hold a connection together. The server answers them itself.
namespace chrona::ipc {

inline constexpr std::uint32_t kProtocolVersion = 1;

/// The reply to a command that has nothing to tell.
struct Done {
    static constexpr std::uint16_t kType = 0x0001;
    static constexpr auto fields() { return fieldList(); }
    friend bool operator==(const Done &, const Done &) = default;
};

/// The first message of a client that was let in.
struct Welcome {
    static constexpr std::uint16_t kType = 0x0003;
    std::uint32_t protocol = 0; ///< the version that both will speak
    std::string serverVersion;
    std::int64_t processId = 0;
    std::uint64_t epoch = 0; ///< random for each start of the service: sequences begin anew
    static constexpr auto fields()
    {
        return fieldList(required("protocol", &Welcome::protocol),
                         field("server_version", &Welcome::serverVersion),
                         field("process_id", &Welcome::processId),
                         required("epoch", &Welcome::epoch));
    }
    friend bool operator==(const Welcome &, const Welcome &) = default;
};

/// client → server, before anything else.
struct Hello {
    static constexpr std::uint16_t kType = 0x0002;
    using Reply = Welcome;
    std::uint32_t protocolMin = kProtocolVersion;
    std::uint32_t protocolMax = kProtocolVersion;
    std::string token;      ///< of the token file in the data folder
    std::string clientName; ///< "chrona", "chronactl"
    std::string clientVersion;
    static constexpr auto fields()
    {
        return fieldList(required("protocol_min", &Hello::protocolMin),
                         required("protocol_max", &Hello::protocolMax),
                         required("token", &Hello::token), field("client_name", &Hello::clientName),
                         field("client_version", &Hello::clientVersion));
    }
    friend bool operator==(const Hello &, const Hello &) = default;
};

struct Pong {
    static constexpr std::uint16_t kType = 0x0005;
    std::int64_t number = 0;
    static constexpr auto fields() { return fieldList(field("number", &Pong::number)); }
    friend bool operator==(const Pong &, const Pong &) = default;
};

struct Ping {
    static constexpr std::uint16_t kType = 0x0004;
    using Reply = Pong;
    std::int64_t number = 0; ///< comes back
    static constexpr auto fields() { return fieldList(field("number", &Ping::number)); }
    friend bool operator==(const Ping &, const Ping &) = default;
};

/// What notifications are about. One topic, one notification type.
enum class Topic : std::uint8_t {
    Events,
    Sources,
    Jobs,
    Status,
    Briefings,
    Cases,
    Oracle,
    Alerts,
    Entities,
};
inline constexpr std::size_t kTopicCount = 9;
template <> struct LastOf<Topic> {
    static constexpr Topic value = Topic::Entities;
};

struct Subscribed {
    static constexpr std::uint16_t kType = 0x0007;
    std::uint64_t epoch = 0;
    std::uint64_t sequence = 0; ///< of the newest notification; the next has this + 1
    bool resync = false;        ///< what came after the client's number is no longer known here
    static constexpr auto fields()
    {
        return fieldList(required("epoch", &Subscribed::epoch),
                         required("sequence", &Subscribed::sequence),
                         field("resync", &Subscribed::resync));
    }
    friend bool operator==(const Subscribed &, const Subscribed &) = default;
};

struct Subscribe {
    static constexpr std::uint16_t kType = 0x0006;
    using Reply = Subscribed;
    Topic topic = Topic::Events;
    std::optional<std::uint64_t> epoch; ///< with `after`: the Welcome in which it was counted
    std::optional<std::uint64_t> after; ///< the last number that was seen; absent: from now on
    static constexpr auto fields()
    {
        return fieldList(required("topic", &Subscribe::topic), field("epoch", &Subscribe::epoch),
                         field("after", &Subscribe::after));
    }
    friend bool operator==(const Subscribe &, const Subscribe &) = default;
};

struct Unsubscribe {
    static constexpr std::uint16_t kType = 0x0008;
    using Reply = Done;
    Topic topic = Topic::Events;
    static constexpr auto fields() { return fieldList(required("topic", &Unsubscribe::topic)); }
    friend bool operator==(const Unsubscribe &, const Unsubscribe &) = default;
};

/// The payload of Progress frames, sent where a request takes longer than 200 ms.
struct Progress {
    static constexpr std::uint16_t kType = 0x0009;
    std::string stage; ///< a key, "events.store"; words are the client's
    std::int64_t done = 0;
    std::int64_t total = 0; ///< 0: not known
    static constexpr auto fields()
    {
        return fieldList(field("stage", &Progress::stage), field("done", &Progress::done),
                         field("total", &Progress::total));
    }
    friend bool operator==(const Progress &, const Progress &) = default;
};

/// The payload of Failure frames.
template <> struct LastOf<ErrorCode> {
    static constexpr ErrorCode value = ErrorCode::Corrupt;
};
template <> struct FieldsOf<Error> {
    static constexpr auto fields()
    {
        return fieldList(required("code", &Error::code), field("what", &Error::what),
                         field("remedy", &Error::remedy), field("retryable", &Error::retryable));
    }
};

} // namespace chrona::ipc
