// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages_session.h"
#include "chrona/ipc/oracle_link_fields.h"

#include <string>
#include <vector>

/// Collectors on other hosts: who they are, and how they are paired.
namespace chrona::ipc {

struct OracleCollectorsReply {
    static constexpr std::uint16_t kType = 0x0811;
    std::vector<OracleCollectorEntry> collectors; ///< by name
    static constexpr auto fields()
    {
        return fieldList(field("collectors", &OracleCollectorsReply::collectors));
    }
    friend bool operator==(const OracleCollectorsReply &, const OracleCollectorsReply &) = default;
};

struct OracleCollectorsRequest {
    static constexpr std::uint16_t kType = 0x0810;
    using Reply = OracleCollectorsReply;
    static constexpr auto fields() { return fieldList(); }
    friend bool operator==(const OracleCollectorsRequest &,
                           const OracleCollectorsRequest &) = default;
};

/// Pairs a collector, or pairs it anew. `pairing` is what it printed: its certificate and the
/// secret, which is kept beside the service's own token and told to nobody again.
struct OracleCollectorAdd {
    static constexpr std::uint16_t kType = 0x0812;
    using Reply = Done;
    std::string name, address, pairing; ///< address: "HOST:PORT"
    static constexpr auto fields()
    {
        using T = OracleCollectorAdd;
        return fieldList(required("name", &T::name), required("address", &T::address),
                         required("pairing", &T::pairing));
    }
    friend bool operator==(const OracleCollectorAdd &, const OracleCollectorAdd &) = default;
};

struct OracleCollectorRemove {
    static constexpr std::uint16_t kType = 0x0814;
    using Reply = Done;
    std::string name;
    static constexpr auto fields()
    {
        return fieldList(required("name", &OracleCollectorRemove::name));
    }
    friend bool operator==(const OracleCollectorRemove &, const OracleCollectorRemove &) = default;
};

} // namespace chrona::ipc
