// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ethereum/abi.h"
#include "chrona/flare/chain_client.h"

#include <QJsonArray>
#include <QJsonValue>

#include <memory>
#include <string>
#include <string_view>

class QProcess;

namespace chrona::flare {

/// How long the tests' own node may take on a machine that has other work too.
inline constexpr std::chrono::seconds kBusyPatience{120};

/// A real EVM in a process of its own: hardhat's node with Coston2's number on a free port of this
/// machine, whose blocks and clock the test moves. Aborts the test where it cannot be had. One
/// thread.
class EvmNode {
public:
    EvmNode();
    ~EvmNode();

    [[nodiscard]] const std::string &url() const { return m_url; }
    /// Any method; aborts the test on an error.
    QJsonValue ask(const char *method, const QJsonArray &parameters = {});
    /// The same where an error is what is expected: Undefined then.
    QJsonValue tryAsk(const char *method, const QJsonArray &parameters = {});

    /// Puts a contract of tests/evm/contracts at an address.
    void place(const char *contract, const Address &at);
    void fund(const Address &account);
    /// Calls a function from the node's own account, mined at once.
    void callFrom0(const Address &to, std::string_view function,
                   std::span<const ethereum::AbiValue> arguments);

    /// One block with what is pending, at this time. It must be later than the newest block.
    void mineAt(Seconds time);
    void setAutomine(bool on);
    [[nodiscard]] Seconds now();
    [[nodiscard]] std::uint64_t head();

    /// The way back: snapshot(), more blocks, revert(), other blocks.
    [[nodiscard]] QJsonValue snapshot();
    void revert(const QJsonValue &snapshot);

    /// For ChainClients of the test; may reach this machine.
    [[nodiscard]] net::HttpClient &http() { return *m_http; }
    [[nodiscard]] std::unique_ptr<ChainClient> client();

private:
    std::string m_folder;
    std::string m_url;
    std::unique_ptr<QProcess> m_process;
    std::unique_ptr<net::HttpClient> m_http;
    Address m_account{};
};

/// An HTTP client that may ask nodes on this machine, without politeness.
[[nodiscard]] std::unique_ptr<net::HttpClient> loopbackHttp();

} // namespace chrona::flare
