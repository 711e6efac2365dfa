// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ethereum/uint256.h"
#include "chrona/flare/networks.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace chrona::net {
class HttpClient;
}

namespace chrona::flare {

using ethereum::Uint256;

struct ChainTransaction {
    Bytes32 hash{};
    Address from{};
    std::optional<Address> to;
    std::uint32_t index = 0;
    Bytes input;
};

struct Block {
    std::uint64_t number = 0;
    Bytes32 hash{};
    Bytes32 parent{};
    Seconds time = 0;
    std::optional<Uint256> baseFee;
    std::vector<ChainTransaction> transactions; ///< in order; empty where only headers were asked
};

struct Log {
    Address address{};
    std::vector<Bytes32> topics; ///< at most 4
    Bytes data;
    std::uint64_t block = 0;
    Bytes32 blockHash{};
    std::uint32_t index = 0;
};

struct LogFilter {
    std::uint64_t first = 0, last = 0;
    std::vector<Address> addresses;
    std::vector<Bytes32> topics; ///< any of these as the first
};

struct Receipt {
    std::uint64_t block = 0;
    Bytes32 blockHash{};
    bool succeeded = false;
    std::uint64_t gasUsed = 0;
    Uint256 gasPrice;
};

enum class Bodies : std::uint8_t { HeadersOnly, WithTransactions };
enum class NonceAt : std::uint8_t { Latest, Pending };

/// Why a transaction was not taken.
enum class SendOutcome : std::uint8_t {
    Accepted,
    AlreadyKnown, ///< this very transaction: as good as accepted
    NonceTooLow,  ///< another transaction with this nonce is in a block
    Underpriced,  ///< a replacement that pays too little
    NoFunds,
    Refused,
};
struct SendResult {
    SendOutcome outcome = SendOutcome::Refused;
    std::string said; ///< by the endpoint that took it, else by the last one
};

/// An account and transactions of it, as one node saw them at one moment.
struct Standing {
    std::uint64_t nonce = 0;                        ///< the next one that a block can take
    std::vector<std::optional<Receipt>> receipts{}; ///< nothing: not in a block
};

struct EndpointState {
    std::string host; ///< without path and query, which may hold a key
    std::optional<std::uint64_t> head;
    std::chrono::microseconds latency{0}; ///< of the last answer
    std::uint32_t failuresInARow = 0;
    bool disagrees = false;
    bool isBehind = false; ///< by many blocks, when most others were asked
    std::string problem;
};

/// Asks nodes of one chain by JSON-RPC. Reads go to the first endpoint that is well and on to the
/// next where it fails; transactions go to all. Any thread.
///
/// Nodes are believed as little as can be: an answer must have the form that the method has, be
/// about what was asked, and hang together (numbers, parents, indices, filters); anything else is
/// Corrupt and the next endpoint is asked. Two nodes with different blocks at one height are told
/// by compare(). What a single node says about balances or calls cannot be checked.
class ChainClient {
public:
    struct Options {
        std::vector<std::string> endpoints; ///< URLs, the preferred one first
        std::uint64_t chainId = 0;
        std::chrono::milliseconds answerMax{8'000}; ///< a node that takes longer has failed
        /// A block that is further ahead of this machine's clock is a lie, for deadlines follow
        /// the chain's time. Nothing: nodes of one's own, which may have any time.
        std::optional<std::chrono::seconds> aheadMax{};
        std::stop_token stop{}; ///< for all calls that are given none of their own
    };
    /// The HTTP client must outlive this one; its address policy decides whether a node on this
    /// machine may be asked. InvalidInput without endpoints.
    [[nodiscard]] static Result<std::unique_ptr<ChainClient>> create(Options options,
                                                                     net::HttpClient &http);

    /// From then on only those endpoints are asked that have said that they serve the chain; a
    /// silent one gets its next chance with compare(). Denied when none does, Unavailable when none
    /// answered.
    [[nodiscard]] Status checkChain(std::stop_token stop = {});
    [[nodiscard]] Result<std::uint64_t> head(std::stop_token stop = {});
    [[nodiscard]] Result<Block> newestBlock(std::stop_token stop = {});
    /// `count` blocks from `first`, each the parent of the next. Unavailable while one is not
    /// there.
    [[nodiscard]] Result<std::vector<Block>> blocks(std::uint64_t first, std::uint64_t count,
                                                    Bodies bodies, std::stop_token stop = {});
    [[nodiscard]] Result<std::vector<Log>> logs(const LogFilter &filter, std::stop_token stop = {});
    /// A read-only call at the newest block. Denied when it reverts.
    [[nodiscard]] Result<Bytes> call(const Address &to, ByteView data, std::stop_token stop = {});
    [[nodiscard]] Result<Uint256> balance(const Address &account, std::stop_token stop = {});
    [[nodiscard]] Result<std::uint64_t> nonce(const Address &account, NonceAt at,
                                              std::stop_token stop = {});
    [[nodiscard]] Result<std::uint64_t> estimateGas(const Address &from, const Address &to,
                                                    ByteView data, std::stop_token stop = {});
    /// The same with wei that go along; Denied with what the contract says when it reverts.
    [[nodiscard]] Result<std::uint64_t> estimateGas(const Address &from, const Address &to,
                                                    ByteView data, const Uint256 &value,
                                                    std::stop_token stop);
    /// Whether there is code at an address.
    [[nodiscard]] Result<bool> isContract(const Address &account, std::stop_token stop = {});
    [[nodiscard]] Result<Standing> standing(const Address &account,
                                            std::span<const Bytes32> transactions,
                                            std::stop_token stop = {});
    /// To every endpoint; the best outcome counts. A failure means that nobody answered, and that
    /// it is not known whether the transaction went out.
    [[nodiscard]] Result<SendResult> send(ByteView raw, std::stop_token stop = {});

    /// Asks all endpoints for their chain, their head and the hash of one block that all should
    /// have, and notes who stands apart from most, who lags and who is well again. True when all
    /// that answered agree.
    [[nodiscard]] Result<bool> compare(std::uint64_t number, std::stop_token stop = {});
    [[nodiscard]] std::vector<EndpointState> endpoints() const;

private:
    struct Request;
    struct Answers;
    enum class Serves : std::uint8_t { NotAsked, Ours, Another, NotKnown };
    struct Endpoint {
        std::string url;
        EndpointState state;
        Serves serves = Serves::NotAsked;
    };
    ChainClient(Options options, std::vector<Endpoint> endpoints, net::HttpClient &http)
        : m_options(std::move(options)), m_http(http), m_endpoints(std::move(endpoints))
    {
    }
    template <class Read>
    auto ask(std::span<const Request> requests, Read read, std::stop_token stop);
    [[nodiscard]] Result<Answers> askOne(std::size_t endpoint, std::span<const Request> requests,
                                         std::chrono::milliseconds answerMax, std::stop_token stop);
    [[nodiscard]] Result<Answers> askOne(std::size_t endpoint, std::span<const Request> requests,
                                         std::stop_token stop);
    void noteChain(std::size_t endpoint, const Result<std::uint64_t> &chain);
    [[nodiscard]] bool isFromTheFuture(const Block &block) const;
    [[nodiscard]] std::vector<std::size_t> order() const;
    void note(std::size_t endpoint, const Error &error);

    Options m_options;
    net::HttpClient &m_http;
    mutable std::mutex m_mutex;
    std::vector<Endpoint> m_endpoints;
};

} // namespace chrona::flare
