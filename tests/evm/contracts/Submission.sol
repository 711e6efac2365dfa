// SPDX-License-Identifier: AGPL-3.0-or-later
pragma solidity ^0.8.20;

/// What Submission is to a client: functions that take whatever follows their selector.
contract Submission {
    function submit1() external returns (bool) { calls += 1; return true; }
    function submit2() external returns (bool) { calls += 1; return true; }
    function submit3() external returns (bool) { calls += 1; return true; }
    function submitSignatures() external returns (bool) { calls += 1; return true; }
    uint256 public calls;
}

contract Registry {
    string[] private names;
    address[] private addresses;

    function set(string[] calldata newNames, address[] calldata newAddresses) external {
        names = newNames;
        addresses = newAddresses;
    }

    function getAllContracts() external view returns (string[] memory, address[] memory) {
        return (names, addresses);
    }
}
