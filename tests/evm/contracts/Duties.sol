// SPDX-License-Identifier: AGPL-3.0-or-later
pragma solidity ^0.8.20;

/// What a provider does beside its rounds, at one address: entities, registration, the wrapped coin,
/// votes on policies and uptime, claims. Strict where the real contracts are: a wrong signature,
/// proof or hash reverts.
contract Duties {
    struct Signature { uint8 v; bytes32 r; bytes32 s; }
    struct Claim { uint24 rewardEpochId; bytes20 beneficiary; uint120 amount; uint8 claimType; }
    struct Proof { bytes32[] merkleProof; Claim body; }
    struct RewardState {
        uint24 rewardEpochId; bytes20 beneficiary; uint120 amount; uint8 claimType; bool initialised;
    }

    // A test says how things stand.
    uint24 public getCurrentRewardEpochId;
    bool public isOpen;
    mapping(uint256 => bytes32) public rewardsHash;
    mapping(uint256 => bytes32) public uptimeVoteHash;
    mapping(uint256 => bytes32) public policyHash;
    mapping(address => address) private signers;
    mapping(address => uint120) public owed;

    function setEpoch(uint24 epoch, bool open) external {
        getCurrentRewardEpochId = epoch;
        isOpen = open;
    }
    function setRewardsHash(uint256 epoch, bytes32 root) external { rewardsHash[epoch] = root; }
    function setUptimeVoteHash(uint256 epoch, bytes32 hash) external {
        uptimeVoteHash[epoch] = hash;
    }
    function setPolicyHash(uint256 epoch, bytes32 hash) external { policyHash[epoch] = hash; }
    function setSigner(address voter, address signer) external { signers[voter] = signer; }
    function owe(address owner, uint120 amount) external { owed[owner] = amount; }

    function recover(bytes32 hash, Signature calldata s) private pure returns (address) {
        return ecrecover(
            keccak256(abi.encodePacked("\x19Ethereum Signed Message:\n32", hash)), s.v, s.r, s.s);
    }

    // EntityManager
    function getVoterAddresses(address voter) external view returns (address, address, address) {
        return (address(1), address(2), signers[voter]);
    }

    // FlareSystemsManager
    function getVoterRegistrationData(uint256) external view returns (uint256, bool) {
        return (7, isOpen);
    }
    mapping(uint256 => uint256) public policySignatures;
    mapping(uint256 => uint256) public uptimeVotes;
    address public lastSigner;

    function signNewSigningPolicy(uint24 epoch, bytes32 hash, Signature calldata s) external {
        require(hash != 0 && policyHash[epoch] == hash, "new signing policy hash invalid");
        require(policySignatures[epoch] == 0, "voter already signed");
        lastSigner = recover(hash, s);
        policySignatures[epoch] += 1;
    }
    function signUptimeVote(uint24 epoch, bytes32 hash, Signature calldata s) external {
        require(epoch < getCurrentRewardEpochId, "epoch not ended yet");
        require(uptimeVotes[epoch] == 0, "voter already signed");
        lastSigner = recover(keccak256(abi.encode(epoch, hash)), s);
        uptimeVotes[epoch] += 1;
    }
    struct Counted { uint256 rewardManagerId; uint256 noOfWeightBasedClaims; }
    mapping(uint256 => uint256) public rewardSignatures;
    bytes32 public lastRewards;

    function signRewards(
        uint24 epoch, Counted[] calldata counts, bytes32 hash, Signature calldata s) external
    {
        require(epoch < getCurrentRewardEpochId, "epoch not ended yet");
        require(uptimeVoteHash[epoch] != 0, "uptime vote hash not signed yet");
        require(rewardsHash[epoch] == 0, "rewards hash already signed");
        require(rewardSignatures[epoch] == 0, "voter already signed");
        require(counts.length == 1 && counts[0].rewardManagerId == block.chainid, "manager");
        lastSigner = recover(
            keccak256(abi.encode(epoch, keccak256(abi.encode(counts)), hash)), s);
        lastRewards = hash;
        rewardSignatures[epoch] += counts[0].noOfWeightBasedClaims;
    }

    // VoterRegistry, VoterPreRegistry
    mapping(address => mapping(uint256 => bool)) public isVoterRegistered;

    function registerVoter(address voter, Signature calldata s) external {
        uint32 next = uint32(getCurrentRewardEpochId) + 1;
        require(isOpen, "voter registration not enabled");
        require(!isVoterRegistered[voter][next], "voter already registered");
        require(
            recover(keccak256(abi.encode(block.chainid, next, voter)), s) == signers[voter],
            "invalid signature");
        isVoterRegistered[voter][next] = true;
    }

    // WNat
    mapping(address => uint256) public balanceOf;
    uint256 public totalSupply;
    mapping(address => address[]) private delegates;
    mapping(address => uint256[]) private shares;

    function deposit() external payable {
        balanceOf[msg.sender] += msg.value;
        totalSupply += msg.value;
    }
    function withdraw(uint256 amount) external {
        balanceOf[msg.sender] -= amount;
        totalSupply -= amount;
        payable(msg.sender).transfer(amount);
    }
    function batchDelegate(address[] calldata to, uint256[] calldata bips) external {
        require(to.length == bips.length && to.length <= 2, "delegates");
        delegates[msg.sender] = to;
        shares[msg.sender] = bips;
    }
    function undelegateAll() external {
        delete delegates[msg.sender];
        delete shares[msg.sender];
    }
    function delegatesOf(address owner)
        external view returns (address[] memory, uint256[] memory, uint256, uint256)
    {
        return (delegates[owner], shares[owner], delegates[owner].length, 1);
    }

    // RewardManager
    mapping(address => uint256) public paid;
    mapping(bytes32 => bool) private claimed;

    function getStateOfRewards(address owner) external view returns (RewardState[][] memory all) {
        if (owed[owner] == 0)
            return all;
        all = new RewardState[][](1);
        all[0] = new RewardState[](1);
        all[0][0] = RewardState(getCurrentRewardEpochId - 1, bytes20(owner), owed[owner], 2, true);
    }
    function getRewardEpochIdsWithClaimableRewards() external view returns (uint24, uint24) {
        return (getCurrentRewardEpochId - 1, getCurrentRewardEpochId - 1);
    }
    function getNextClaimableRewardEpochId(address) external view returns (uint256) {
        return getCurrentRewardEpochId - 1;
    }
    function claim(
        address owner, address payable recipient, uint24 until, bool, Proof[] calldata proofs)
        external returns (uint256 sum)
    {
        require(msg.sender == owner, "only owner or executor");
        require(until < getCurrentRewardEpochId, "not claimable");
        sum = owed[owner];
        owed[owner] = 0;
        for (uint256 i = 0; i < proofs.length; ++i) {
            Claim calldata body = proofs[i].body;
            bytes32 leaf = keccak256(abi.encode(body));
            require(!claimed[leaf], "already claimed");
            require(body.beneficiary == bytes20(owner), "beneficiary");
            require(
                root(leaf, proofs[i].merkleProof) == rewardsHash[body.rewardEpochId],
                "merkle proof invalid");
            claimed[leaf] = true;
            sum += body.amount;
        }
        require(sum > 0, "nothing to claim");
        paid[recipient] += sum;
    }
    function root(bytes32 node, bytes32[] calldata proof) private pure returns (bytes32) {
        for (uint256 i = 0; i < proof.length; ++i)
            node = node < proof[i] ? keccak256(abi.encodePacked(node, proof[i]))
                                   : keccak256(abi.encodePacked(proof[i], node));
        return node;
    }
}

/// An account of several owners, as far as a client can see it.
contract SharedAccount {
    function getOwners() external pure returns (address[] memory owners) {
        owners = new address[](3);
        owners[0] = address(0x11);
        owners[1] = address(0x22);
        owners[2] = address(0x33);
    }
    function getThreshold() external pure returns (uint256) { return 2; }
}
