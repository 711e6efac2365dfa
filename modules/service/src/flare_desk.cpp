// SPDX-License-Identifier: AGPL-3.0-or-later
#include "flare_desk.h"

#include "database.h"
#include "settings.h"

#include <QCoreApplication>

#include <format>
#include <sstream>

namespace chrona::service {
namespace {

Instant instantOfSeconds(flare::Seconds seconds)
{
    return Instant(std::chrono::seconds(seconds));
}

std::string_view wordFor(flare::Purpose purpose)
{
    switch (purpose) {
    case flare::Purpose::Commit: return "commit";
    case flare::Purpose::Reveal: return "reveal";
    case flare::Purpose::Sign: return "sign";
    case flare::Purpose::Finalise: return "finalise";
    }
    return "";
}

std::vector<std::string> wordsOf(const std::string &text)
{
    std::istringstream in(text);
    std::vector<std::string> words;
    for (std::string word; in >> word;)
        words.push_back(word);
    return words;
}

Status checkCommand(const ipc::FlareStart &command)
{
    const auto setup = flare::networkSetup(command.network);
    if (!setup)
        return fail(ErrorCode::InvalidInput,
                    std::format("there is no network \"{}\"", command.network),
                    "coston2, coston, songbird or flare");
    if (command.mode != "watch" && command.mode != "rehearse" && command.mode != "submit")
        return fail(ErrorCode::InvalidInput, "a mode is watch, rehearse or submit");
    if (command.identity.empty() && command.mode != "watch")
        return fail(ErrorCode::InvalidInput, "whose submissions? An identity is needed");
    if (!command.identity.empty())
        if (auto address = ethereum::parseAddress(command.identity); !address)
            return std::unexpected(address.error());
    if (setup->isMain && command.mode == "submit" && !command.mainnet)
        return fail(ErrorCode::Denied,
                    std::format("{} is a main network: rewards there also need fast updates, the "
                                "data connector and, on Flare, a validator, which Chrona does not "
                                "run",
                                command.network),
                    "add --mainnet when you know that, or use coston2");
    return {};
}

} // namespace

FlareDesk::FlareDesk(Parts parts) : m_parts(std::move(parts)) {}

FlareDesk::~FlareDesk()
{
    stop();
}

void FlareDesk::resume()
{
    if (m_parts.settings.text("flare.mode") != "off")
        begin();
}

void FlareDesk::stop()
{
    m_follower.reset();
}

Result<flare::Follower::Options> FlareDesk::options() const
{
    const Settings &settings = m_parts.settings;
    const auto setup = flare::networkSetup(settings.text("flare.network"));
    const std::string mode = settings.text("flare.mode"),
                      identity = settings.text("flare.identity");
    if (auto checked = checkCommand({.network = settings.text("flare.network"),
                                     .identity = identity,
                                     .mode = mode,
                                     .mainnet = settings.flag("flare.mainnet")});
        !checked)
        return std::unexpected(checked.error());
    flare::Follower::Options options{.setup = *setup};
    options.endpoints = wordsOf(settings.text("flare.rpc"));
    if (options.endpoints.empty())
        options.endpoints = {std::string(setup->publicRpc)};
    options.allowThisMachine = settings.flag("flare.this_machine");
    options.userAgent = std::format("Chrona/{}", m_parts.version);
    if (const auto address = ethereum::parseAddress(identity))
        options.identity = *address;
    if (mode != "watch")
        options.mode = mode == "submit" ? flare::Mode::Submit : flare::Mode::Rehearse;
    options.valueProvider = settings.text("flare.values");
    if (options.mode && options.valueProvider.empty())
        return fail(ErrorCode::InvalidInput, "no value provider is set",
                    "set flare.values to its address, such as http://127.0.0.1:3101");
    options.fees.costMax =
        flare::Uint256(static_cast<std::uint64_t>(settings.number("flare.fee_max_milli"))) *
        flare::Uint256(1'000'000'000'000'000);
    options.startSigner =
        [folder = m_parts.dataFolder,
         programs = QCoreApplication::applicationDirPath().toStdString()](std::stop_token stop) {
            keys::SignerClient::Options signer;
            signer.stop = std::move(stop);
            signer.program = std::filesystem::path(programs) / "chrona-signer";
            signer.arguments = {"--data", folder.string()};
            return keys::SignerClient::start(signer);
        };
    return options;
}

void FlareDesk::begin()
{
    m_follower.reset();
    m_problem.clear();
    m_parts.database.whenReady([this](Result<std::shared_ptr<storage::Pool>> pool) {
        auto options = this->options();
        if (!pool || !options) {
            m_problem = describe(!pool ? pool.error() : options.error());
            return;
        }
        m_follower = std::make_unique<flare::Follower>(std::move(*options), std::move(*pool));
    });
}

Status FlareDesk::start(const ipc::FlareStart &command)
{
    if (auto checked = checkCommand(command); !checked)
        return checked;
    const std::pair<const char *, std::string> values[] = {
        {"flare.network", command.network},
        {"flare.identity", command.identity},
        {"flare.mainnet", command.mainnet ? "true" : "false"},
        {"flare.mode", command.mode}};
    for (const auto &[key, value] : values)
        if (auto set = m_parts.settings.set(key, value); !set)
            return set;
    if (auto usable = options(); !usable) {
        (void)m_parts.settings.set("flare.mode", "off");
        return std::unexpected(usable.error());
    }
    begin();
    return {};
}

Status FlareDesk::turnOff()
{
    m_follower.reset();
    m_problem.clear();
    return m_parts.settings.set("flare.mode", "off");
}

std::string FlareDesk::networkOr(const std::string &asked) const
{
    return asked.empty() ? m_parts.settings.text("flare.network") : asked;
}

ipc::FlareStatusReply FlareDesk::status() const
{
    ipc::FlareStatusReply reply;
    reply.network = m_parts.settings.text("flare.network");
    reply.mode = m_parts.settings.text("flare.mode");
    reply.identity = m_parts.settings.text("flare.identity");
    reply.problem = m_problem;
    const auto setup = flare::networkSetup(reply.network);
    if (setup)
        reply.chainId = static_cast<std::int64_t>(setup->timing.chainId);
    if (!m_follower || !setup)
        return reply;
    const flare::FollowerStatus status = m_follower->status();
    reply.problem = status.problem.empty() ? status.submitProblem : status.problem;
    reply.registeredNow = status.registeredNow;
    reply.registeredNext = status.registeredNext;
    reply.indexedBlock = static_cast<std::int64_t>(status.indexedBlock);
    reply.headBlock = static_cast<std::int64_t>(status.headBlock);
    reply.blocksPerSecond = status.blocksPerSecond;
    if (status.chainTime > 0) {
        reply.chainTime = instantOfSeconds(status.chainTime);
        reply.round = ftso::votingEpochAt(setup->timing, status.chainTime);
        reply.rewardEpoch = ftso::expectedRewardEpoch(setup->timing, reply.round);
    }
    if (status.duty) {
        reply.duty = wordFor(status.duty->purpose);
        reply.dutyAt = instantOfSeconds(status.duty->at);
    }
    for (const flare::EndpointState &each : status.endpoints)
        reply.endpoints.push_back({each.host, static_cast<std::int64_t>(each.head.value_or(0)),
                                   static_cast<double>(each.latency.count()) / 1'000,
                                   each.failuresInARow, each.disagrees, each.problem});
    for (const auto &account : status.accounts)
        reply.accounts.push_back({account.role, ethereum::toChecksummed(account.address),
                                  account.balance ? account.balance->toString() : ""});
    return reply;
}

} // namespace chrona::service
