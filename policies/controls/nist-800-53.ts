/**
 * NIST Special Publication 800-53, revision 5 (release 5.1.1+u4 of its catalogue): the controls of the high and the
 * privacy baseline, and those beyond them that controls of Security Hub are related to.
 */
export const nist80053 = `
AC-1 AC-2 AC-2(1) AC-2(2) AC-2(3) AC-2(4) AC-2(5) AC-2(11) AC-2(12) AC-2(13) AC-3 AC-3(7) AC-3(14) AC-3(15)
AC-4 AC-4(4) AC-4(21) AC-4(26) AC-5 AC-6 AC-6(1) AC-6(2) AC-6(3) AC-6(5) AC-6(7) AC-6(9) AC-6(10) AC-7 AC-8
AC-10 AC-11 AC-11(1) AC-12 AC-14 AC-17 AC-17(1) AC-17(2) AC-17(3) AC-17(4) AC-18 AC-18(1) AC-18(3) AC-18(4)
AC-18(5) AC-19 AC-19(5) AC-20 AC-20(1) AC-20(2) AC-21 AC-22
AT-1 AT-2 AT-2(2) AT-2(3) AT-3 AT-3(5) AT-4
AU-1 AU-2 AU-3 AU-3(1) AU-3(3) AU-4 AU-5 AU-5(1) AU-5(2) AU-6 AU-6(1) AU-6(3) AU-6(4) AU-6(5) AU-6(6) AU-7
AU-7(1) AU-8 AU-9 AU-9(2) AU-9(3) AU-9(4) AU-9(7) AU-10 AU-11 AU-12 AU-12(1) AU-12(3) AU-14(1)
CA-1 CA-2 CA-2(1) CA-2(2) CA-3 CA-3(6) CA-5 CA-6 CA-7 CA-7(1) CA-7(4) CA-8 CA-8(1) CA-9 CA-9(1)
CM-1 CM-2 CM-2(2) CM-2(3) CM-2(7) CM-3 CM-3(1) CM-3(2) CM-3(4) CM-3(6) CM-4 CM-4(1) CM-4(2) CM-5 CM-5(1)
CM-6 CM-6(1) CM-6(2) CM-7 CM-7(1) CM-7(2) CM-7(5) CM-8 CM-8(1) CM-8(2) CM-8(3) CM-8(4) CM-9 CM-10 CM-11
CM-12 CM-12(1)
CP-1 CP-1(2) CP-2 CP-2(1) CP-2(2) CP-2(3) CP-2(5) CP-2(8) CP-3 CP-3(1) CP-4 CP-4(1) CP-4(2) CP-6 CP-6(1)
CP-6(2) CP-6(3) CP-7 CP-7(1) CP-7(2) CP-7(3) CP-7(4) CP-8 CP-8(1) CP-8(2) CP-8(3) CP-8(4) CP-9 CP-9(1)
CP-9(2) CP-9(3) CP-9(5) CP-9(8) CP-10 CP-10(2) CP-10(4)
IA-1 IA-2 IA-2(1) IA-2(2) IA-2(5) IA-2(6) IA-2(8) IA-2(12) IA-3 IA-4 IA-4(4) IA-5 IA-5(1) IA-5(2) IA-5(6)
IA-5(7) IA-6 IA-7 IA-8 IA-8(1) IA-8(2) IA-8(4) IA-11 IA-12 IA-12(2) IA-12(3) IA-12(4) IA-12(5)
IR-1 IR-2 IR-2(1) IR-2(2) IR-2(3) IR-3 IR-3(2) IR-4 IR-4(1) IR-4(4) IR-4(5) IR-4(11) IR-5 IR-5(1) IR-6
IR-6(1) IR-6(3) IR-7 IR-7(1) IR-8 IR-8(1)
MA-1 MA-2 MA-2(2) MA-3 MA-3(1) MA-3(2) MA-3(3) MA-4 MA-4(3) MA-5 MA-5(1) MA-6
MP-1 MP-2 MP-3 MP-4 MP-5 MP-6 MP-6(1) MP-6(2) MP-6(3) MP-7
PE-1 PE-2 PE-3 PE-3(1) PE-4 PE-5 PE-6 PE-6(1) PE-6(4) PE-8 PE-8(1) PE-8(3) PE-9 PE-10 PE-11 PE-11(1) PE-12
PE-13 PE-13(1) PE-13(2) PE-14 PE-15 PE-15(1) PE-16 PE-17 PE-18
PL-1 PL-2 PL-4 PL-4(1) PL-8 PL-9 PL-10 PL-11
PM-3 PM-4 PM-5 PM-5(1) PM-6 PM-7 PM-8 PM-9 PM-10 PM-11 PM-13 PM-14 PM-17 PM-18 PM-19 PM-20 PM-20(1) PM-21
PM-22 PM-24 PM-25 PM-26 PM-27 PM-28 PM-31
PS-1 PS-2 PS-3 PS-4 PS-4(2) PS-5 PS-6 PS-7 PS-8 PS-9
PT-1 PT-2 PT-3 PT-4 PT-5 PT-5(2) PT-6 PT-6(1) PT-6(2) PT-7 PT-7(1) PT-7(2) PT-8
RA-1 RA-2 RA-3 RA-3(1) RA-3(4) RA-5 RA-5(2) RA-5(4) RA-5(5) RA-5(11) RA-7 RA-8 RA-9
SA-1 SA-2 SA-3 SA-4 SA-4(1) SA-4(2) SA-4(5) SA-4(9) SA-4(10) SA-5 SA-8 SA-8(19) SA-8(21) SA-8(22) SA-8(25)
SA-8(33) SA-9 SA-9(2) SA-10 SA-11 SA-11(1) SA-11(6) SA-15 SA-15(2) SA-15(3) SA-15(8) SA-16 SA-17 SA-21 SA-22
SC-1 SC-2 SC-3 SC-4 SC-5 SC-5(1) SC-5(2) SC-5(3) SC-7 SC-7(3) SC-7(4) SC-7(5) SC-7(7) SC-7(8) SC-7(9)
SC-7(10) SC-7(11) SC-7(16) SC-7(18) SC-7(20) SC-7(21) SC-7(24) SC-8 SC-8(1) SC-8(2) SC-8(3) SC-8(4) SC-10
SC-12 SC-12(1) SC-12(2) SC-12(3) SC-13 SC-15 SC-17 SC-18 SC-20 SC-21 SC-22 SC-23 SC-23(3) SC-23(5) SC-24
SC-28 SC-28(1) SC-28(3) SC-36 SC-36(2) SC-39
SI-1 SI-2 SI-2(2) SI-2(3) SI-2(4) SI-2(5) SI-3 SI-3(8) SI-4 SI-4(1) SI-4(2) SI-4(4) SI-4(5) SI-4(10)
SI-4(12) SI-4(13) SI-4(14) SI-4(20) SI-4(22) SI-4(25) SI-5 SI-5(1) SI-6 SI-7 SI-7(1) SI-7(2) SI-7(3) SI-7(5)
SI-7(6) SI-7(7) SI-7(8) SI-7(15) SI-8 SI-8(2) SI-10 SI-11 SI-12 SI-12(1) SI-12(2) SI-12(3) SI-13(5) SI-16
SI-18 SI-18(4) SI-19 SI-19(4) SI-20
SR-1 SR-2 SR-2(1) SR-3 SR-5 SR-6 SR-8 SR-9 SR-9(1) SR-10 SR-11 SR-11(1) SR-11(2) SR-12
`;

/** The titles of those that rules are related to. */
export const nist80053Titles = `
AC-2 Account Management
AC-2(1) Automated System Account Management
AC-2(3) Disable Accounts
AC-2(4) Automated Audit Actions
AC-2(12) Account Monitoring for Atypical Usage
AC-3 Access Enforcement
AC-4 Information Flow Enforcement
AC-5 Separation of Duties
AC-6 Least Privilege
AC-6(2) Non-privileged Access for Nonsecurity Functions
AC-6(3) Network Access to Privileged Commands
AC-6(9) Log Use of Privileged Functions
AC-6(10) Prohibit Non-privileged Users from Executing Privileged Functions
AC-17(2) Protection of Confidentiality and Integrity Using Encryption
AC-21 Information Sharing
AU-2 Event Logging
AU-3 Content of Audit Records
AU-6(1) Automated Process Integration
AU-6(3) Correlate Audit Record Repositories
AU-6(5) Integrated Analysis of Audit Records
AU-7(1) Automatic Processing
AU-9 Protection of Audit Information
AU-9(2) Store on Separate Physical Systems or Components
AU-9(3) Cryptographic Protection
AU-10 Non-repudiation
AU-11 Audit Record Retention
AU-12 Audit Record Generation
CA-7 Continuous Monitoring
CM-2 Baseline Configuration
CM-2(2) Automation Support for Accuracy and Currency
CM-3 Configuration Change Control
CM-3(6) Cryptography Management
CM-6 Configuration Settings
CM-6(1) Automated Management, Application, and Verification
CM-7 Least Functionality
CM-8 System Component Inventory
CM-8(1) Updates During Installation and Removal
CM-8(2) Automated Maintenance
CM-8(3) Automated Unauthorized Component Detection
CP-2(2) Capacity Planning
CP-2(5) Continue Mission and Business Functions
CP-6 Alternate Storage Site
CP-6(1) Separation from Primary Site
CP-6(2) Recovery Time and Recovery Point Objectives
CP-9 System Backup
CP-10 System Recovery and Reconstitution
CP-10(2) Transaction Recovery
IA-2(1) Multi-factor Authentication to Privileged Accounts
IA-2(2) Multi-factor Authentication to Non-privileged Accounts
IA-2(8) Access to Accounts — Replay Resistant
IA-5(1) Password-based Authentication
IR-4(1) Automated Incident Handling Processes
RA-5 Vulnerability Monitoring and Scanning
SA-3 System Development Life Cycle
SC-5 Denial-of-service Protection
SC-7 Boundary Protection
SC-7(3) Access Points
SC-7(4) External Telecommunications Services
SC-7(5) Deny by Default — Allow by Exception
SC-7(21) Isolation of System Components
SC-8 Transmission Confidentiality and Integrity
SC-8(1) Cryptographic Protection
SC-12 Cryptographic Key Establishment and Management
SC-13 Cryptographic Protection
SC-23 Session Authenticity
SC-28 Protection of Information at Rest
SC-28(1) Cryptographic Protection
SI-2 Flaw Remediation
SI-2(2) Automated Flaw Remediation Status
SI-4 System Monitoring
SI-4(2) Automated Tools and Mechanisms for Real-time Analysis
SI-4(4) Inbound and Outbound Communications Traffic
SI-4(5) System-generated Alerts
SI-4(12) Automated Organization-generated Alerts
SI-4(20) Privileged Users
SI-4(22) Unauthorized Network Services
SI-7(1) Integrity Checks
SI-7(7) Integration of Detection and Response
SI-12 Information Management and Retention
`;
