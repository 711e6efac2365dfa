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
    case flare::Purpose::Register: return "register";
    case flare::Purpose::Preregister: return "preregister";
    case flare::Purpose::SignPolicy: return "sign_policy";
    case flare::Purpose::VoteUptime: return "vote_uptime";
    case flare::Purpose::Delegate: return "delegate";
    case flare::Purpose::Undelegate: return "undelegate";
    case flare::Purpose::Wrap: return "wrap";
    case flare::Purpose::Unwrap: return "unwrap";
    case flare::Purpose::Claim: return "claim";
    case flare::Purpose::SignRewards: return "sign_rewards";
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

ipc::FlareAccount tellAccount(const flare::FollowerStatus::Account &account)
{
    ipc::FlareAccount told{.role = account.role,
                           .address = ethereum::toChecksummed(account.address),
                           .balance = account.balance ? account.balance->toString() : "",
                           .isContract = account.owners.isContract};
    for (const flare::Address &owner : account.owners.owners)
        told.owners.push_back(ethereum::toChecksummed(owner));
    told.threshold = static_cast<std::int32_t>(account.owners.threshold);
    return told;
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

FlareDesk::FlareDesk(Parts parts)
    : m_parts(std::move(parts)), m_provide({.settings = m_parts.settings, .oracle = m_parts.oracle})
{
}

FlareDesk::~FlareDesk()
{
    stop();
}

void FlareDesk::resume()
{
    m_provide.resume();
    if (m_parts.settings.text("flare.mode") != "off")
        begin();
}

void FlareDesk::stop()
{
    m_provide.stop();
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
    const flare::ChainAccess::Options nodes = access(*setup);
    options.endpoints = nodes.endpoints;
    options.allowThisMachine = nodes.allowThisMachine;
    options.userAgent = nodes.userAgent;
    if (const auto address = ethereum::parseAddress(identity))
        options.identity = *address;
    if (mode != "watch")
        options.mode = mode == "submit" ? flare::Mode::Submit : flare::Mode::Rehearse;
    options.valueProvider = settings.text("flare.values");
    if (options.mode && options.valueProvider.empty())
        return fail(ErrorCode::InvalidInput, "no value provider is set",
                    "set flare.values to oracle, or to the address of another one, such as "
                    "http://127.0.0.1:3101");
    if (options.valueProvider == "oracle")
        options.ownValues = [this] { return m_provide.valueSource(); };
    options.fees = fees();
    options.startSigner = signerStarter();
    options.platforms = wordsOf(settings.text("flare.p_rpc"));
    options.passesUrl = settings.text("flare.passes_data");
    if (options.mode == flare::Mode::Submit)
        options.rewardData = wordsOf(settings.text("flare.reward_data"));
    if (auto added = addClaims(options); !added)
        return std::unexpected(added.error());
    return options;
}

flare::ChainAccess::Options FlareDesk::access(const flare::NetworkSetup &setup) const
{
    flare::ChainAccess::Options options{.endpoints = wordsOf(m_parts.settings.text("flare.rpc")),
                                        .chainId = setup.timing.chainId,
                                        .allowThisMachine =
                                            m_parts.settings.flag("flare.this_machine"),
                                        .userAgent = std::format("Chrona/{}", m_parts.version)};
    if (options.endpoints.empty())
        options.endpoints = {std::string(setup.publicRpc)};
    return options;
}

flare::FeeRules FlareDesk::fees() const
{
    constexpr std::uint64_t kMilli = 1'000'000'000'000'000;
    flare::FeeRules rules;
    rules.costMax =
        flare::Uint256(static_cast<std::uint64_t>(m_parts.settings.number("flare.fee_max_milli"))) *
        flare::Uint256(kMilli);
    return rules;
}

std::function<Result<std::unique_ptr<keys::SignerClient>>(std::stop_token)>
FlareDesk::signerStarter() const
{
    return [folder = m_parts.dataFolder,
            programs = QCoreApplication::applicationDirPath().toStdString()](std::stop_token stop) {
        keys::SignerClient::Options signer;
        signer.stop = std::move(stop);
        signer.program = std::filesystem::path(programs) / "chrona-signer";
        signer.arguments = {"--data", folder.string()};
        return keys::SignerClient::start(signer);
    };
}

/// Who gets what is earned has to be said before anything is claimed.
Status FlareDesk::addClaims(flare::Follower::Options &options) const
{
    const Settings &settings = m_parts.settings;
    const std::string text = settings.text("flare.claim_recipient");
    if (text.empty() || options.mode != flare::Mode::Submit)
        return {};
    const auto recipient = ethereum::parseAddress(text);
    if (!recipient)
        return std::unexpected(recipient.error());
    constexpr flare::Seconds kHour = 3'600;
    flare::Follower::Options::Claims claims{.owners = {},
                                            .recipient = *recipient,
                                            .isWrapped = settings.flag("flare.claim_wrapped"),
                                            .every = kHour * settings.number("flare.claim_hours"),
                                            .publishedUrl = settings.text("flare.claim_data")};
    for (const std::string &word : wordsOf(settings.text("flare.claim_owners"))) {
        const auto owner = ethereum::parseAddress(word);
        if (!owner)
            return std::unexpected(owner.error());
        claims.owners.push_back(*owner);
    }
    if (claims.owners.empty() && options.identity)
        claims.owners.push_back(*options.identity);
    options.claims = std::move(claims);
    return {};
}

Result<FlareActs> FlareDesk::acts(const std::string &network) const
{
    const std::string name = networkOr(network);
    const auto setup = flare::networkSetup(name);
    if (!setup)
        return fail(ErrorCode::NotFound, std::format("there is no network \"{}\"", name),
                    "coston2, coston, songbird or flare");
    FlareActs acts{.setup = *setup, .access = access(*setup), .fees = fees()};
    if (const auto identity = ethereum::parseAddress(m_parts.settings.text("flare.identity")))
        acts.identity = *identity;
    acts.isSubmitting = m_follower && m_parts.settings.text("flare.mode") == "submit" &&
                        m_parts.settings.text("flare.network") == name;
    acts.startSigner = signerStarter();
    return acts;
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
    reply.validatorProblem = status.validatorProblem;
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
        reply.accounts.push_back(tellAccount(account));
    return reply;
}

} // namespace chrona::service
