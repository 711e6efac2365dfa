// SPDX-License-Identifier: AGPL-3.0-or-later
pragma solidity ^0.8.20;

/// Says whatever the registries, the calculator, the offers' and the reward managers say: a test
/// tells it what.
contract World {
    event VoterRegistered(
        address indexed voter, uint32 indexed rewardEpochId, address indexed signingPolicyAddress,
        address submitAddress, address submitSignaturesAddress, PublicKey publicKey,
        uint256 registrationWeight, Signature signature);
    event VoterRegistrationInfo(
        address indexed voter, uint24 indexed rewardEpochId, address delegationAddress,
        uint16 delegationFeeBIPS, uint256 wNatWeight, uint256 wNatCappedWeight, bytes20[] nodeIds,
        uint256[] nodeWeights);
    event InflationRewardsOffered(
        uint24 indexed rewardEpochId, bytes feedIds, bytes decimals, uint256 amount,
        uint16 minRewardedTurnoutBIPS, uint24 primaryBandRewardSharePPM,
        bytes secondaryBandWidthPPMs, uint16 mode);
    event RewardsOffered(
        uint24 indexed rewardEpochId, bytes21 feedId, int8 decimals, uint256 amount,
        uint16 minRewardedTurnoutBIPS, uint24 primaryBandRewardSharePPM,
        uint24 secondaryBandWidthPPM, address claimBackAddress);
    event RewardClaimed(
        address indexed beneficiary, address indexed rewardOwner, address indexed recipient,
        uint24 rewardEpochId, uint8 claimType, uint120 amount);

    event FastUpdateFeedsSubmitted(
        uint32 indexed votingRoundId, address indexed signingPolicyAddress);

    struct PublicKey { bytes32 part1; bytes32 part2; }
    struct Signature { uint8 v; bytes32 r; bytes32 s; }
    struct RewardState {
        uint24 rewardEpochId; bytes20 beneficiary; uint120 amount; uint8 claimType; bool initialised;
    }
    mapping(address => RewardState[][]) private states;

    function registerVoter(
        address voter, uint32 epoch, address signing, address submit, address signatures,
        address delegation, uint256 weight) external
    {
        emit VoterRegistered(
            voter, epoch, signing, submit, signatures, PublicKey(0, 0), weight, Signature(27, 0, 0));
        emit VoterRegistrationInfo(
            voter, uint24(epoch), delegation, 2000, weight * 2, weight, node(delegation),
            stake(weight));
    }
    function node(address delegation) private pure returns (bytes20[] memory list) {
        list = new bytes20[](1);
        list[0] = bytes20(delegation);
    }
    function stake(uint256 weight) private pure returns (uint256[] memory list) {
        list = new uint256[](1);
        list[0] = weight * 3;
    }

    function offerInflation(
        uint24 epoch, bytes calldata ids, bytes calldata decimals, uint256 amount,
        bytes calldata widths) external
    {
        emit InflationRewardsOffered(epoch, ids, decimals, amount, 5000, 400000, widths, 0);
    }

    function offer(uint24 epoch, bytes21 feed, int8 decimals, uint256 amount, uint24 width)
        external
    {
        emit RewardsOffered(epoch, feed, decimals, amount, 0, 1000000, width, msg.sender);
    }

    function claimed(address beneficiary, uint24 epoch, uint8 kind, uint120 amount) external {
        emit RewardClaimed(beneficiary, beneficiary, beneficiary, epoch, kind, amount);
    }

    function fastUpdate(uint32 round, address signing) external {
        emit FastUpdateFeedsSubmitted(round, signing);
    }

    function owe(address owner, uint24 epoch, uint8 kind, uint120 amount) external {
        states[owner].push().push(RewardState(epoch, bytes20(owner), amount, kind, true));
    }

    function getStateOfRewards(address owner) external view returns (RewardState[][] memory) {
        return states[owner];
    }
}
