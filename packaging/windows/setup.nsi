; The installer: per user, no administrator rights. installer.py writes build.nsh (names, version, words), files.nsh (what is
; unpacked, in the order of the names) and parts.nsh (what lies at the top), and calls makensis with -INPUTCHARSET UTF8.
;
; Nothing is ever half done. Everything is first unpacked to .setup-new; then the parts of the old program are renamed into
; .setup-old and the new ones take their places. When a rename fails, or an earlier run was cut off, the old ones go back.
; What the user put into the folder stays: only what an older files.txt names is deleted.
;
; Exit codes: 0 installed, 1 cancelled, 2 not installed, 3 this Windows is too old, 4 the program is open, 5 a newer version
; is installed. Switches: /S silent, /OLDER lets an older version replace a newer one, /D=C:\folder (last, without quotes).

Unicode true
!include build.nsh
Target ${ARCH}
; Each file by itself: 4 MB more than as one block, which setup.exe would first have to unpack to the disk whole.
!if ${FAST}
  SetCompressor zlib
!else
  SetCompressor lzma
  SetCompressorDictSize 32
!endif

!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define OWN_KEY "Software\${NAME}"
!define NEW "$INSTDIR\.setup-new"
!define OLD "$INSTDIR\.setup-old"
!define DONE "$INSTDIR\.setup-done"

Name "${TITLE}"
BrandingText "${NAME} ${VERSION}"
OutFile "${OUT}"
!packhdr "front.exe" '"${PYTHON}" "${FRONT_WORDS}" front.exe'   ; what NSIS itself says, in Chinese
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "${OWN_KEY}" "InstallDir"
RequestExecutionLevel user
ManifestSupportedOS Win10
ManifestDPIAware true
ManifestLongPathAware true
AllowSkipFiles off
CRCCheck on
ShowInstDetails nevershow
ShowUninstDetails nevershow

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "${NAME}"
VIAddVersionKey /LANG=2052 "CompanyName" "PilotDesk contributors"
VIAddVersionKey /LANG=2052 "FileDescription" "${TITLE} 安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT License"

!include MUI2.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include x64.nsh
!include FileFunc.nsh
!include TextFunc.nsh

Var OlderAllowed   ; 1: somebody said that the older version is wanted
Var Failed         ; a part that could not be put in its place
Var DataPlace      ; where the user's own data is

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_ABORTWARNING_TEXT "还没有安装，什么也没有改动。确定不装了吗？"
!define MUI_ABORTWARNING_CANCEL_DEFAULT   ; Esc pressed by mistake, then Enter: goes on
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_WELCOMEFINISHPAGE_BITMAP_STRETCH FitControl
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_UNWELCOMEFINISHPAGE_BITMAP_STRETCH FitControl

!define MUI_WELCOMEPAGE_TITLE "安装 ${TITLE}"
!define MUI_WELCOMEPAGE_TEXT "版本 ${VERSION}。帮助填写、检查、打印国家标准化试点的申报材料，不联网使用。它不是官方软件，正式模板以国家标准化试点项目管理信息系统为准。$\r$\n$\r$\n• 不需要管理员权限，只装在您自己的账户里。$\r$\n• 装过旧版的，直接装在上面；填写的资料不动。$\r$\n• 安装前请先关掉正在用的 ${NAME}。"
!insertmacro MUI_PAGE_WELCOME
!define MUI_PAGE_HEADER_TEXT "装到哪里"
!define MUI_PAGE_HEADER_SUBTEXT "选好以后点“安装”，一般不到一分钟。"
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE LeaveDirectory
!define MUI_DIRECTORYPAGE_VERIFYONLEAVE   ; else a place that will not do greys the button, and nobody says why
!define MUI_DIRECTORYPAGE_TEXT_TOP "一般不用改，点“安装”就行。要换地方，请选一个您能写入的文件夹；中文和空格都可以。填写的资料不放在这里。"
!define MUI_DIRECTORYPAGE_TEXT_DESTINATION "程序文件夹"
!insertmacro MUI_PAGE_DIRECTORY
!define MUI_PAGE_HEADER_TEXT "正在安装"
!define MUI_PAGE_HEADER_SUBTEXT "请稍候，不要关机。"
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE LeaveInstallation
!define MUI_INSTFILESPAGE_ABORTHEADER_TEXT "没有装上"
!define MUI_INSTFILESPAGE_ABORTHEADER_SUBTEXT "原来的程序和填写的资料都没有动。"
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "装好了"
!define MUI_FINISHPAGE_TEXT "桌面和开始菜单里有了“${TITLE}”。双击 .pilot 文件也能打开它。"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${NAME}.exe"
!define MUI_FINISHPAGE_RUN_TEXT "现在打开 ${NAME}(&R)"
!insertmacro MUI_PAGE_FINISH

!define MUI_PAGE_HEADER_TEXT "卸载 ${TITLE}"
!define MUI_PAGE_HEADER_SUBTEXT "只从您自己的账户里卸载。"
!define MUI_UNCONFIRMPAGE_TEXT_LOCATION "程序文件夹："
!define MUI_UNCONFIRMPAGE_TEXT_TOP "只删去程序。您填写的资料不删，留在：$\r$\n$DataPlace"
!insertmacro MUI_UNPAGE_CONFIRM
!define MUI_PAGE_HEADER_TEXT "正在卸载"
!define MUI_PAGE_HEADER_SUBTEXT "请稍候。"
!insertmacro MUI_UNPAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "程序已经删去"
!define MUI_FINISHPAGE_TEXT "您填写的资料还在：$\r$\n$DataPlace$\r$\n$\r$\n以后重新安装，打开就能接着用。确实不要了，再自己删掉这个文件夹。"
!insertmacro MUI_UNPAGE_FINISH
!insertmacro MUI_LANGUAGE "SimpChinese"
SetFont /LANG=2052 "Microsoft YaHei UI" 9
; Of NSIS's own sentences those that are garbled, or name buttons in English.
LangString ^DirBrowseText 2052 "选一个文件夹，程序装在它里面的 ${NAME} 文件夹里："
LangString ^SpaceRequired 2052 "需要："
LangString ^SpaceAvailable 2052 "这个盘还有："
LangString ^FileError_NoIgnore 2052 "这个文件写不进去：$\r$\n$0$\r$\n$\r$\n多半是杀毒软件拦住了它，或者盘满了。处理好以后点“重试”；点“取消”就不装了，原来的程序还在。"
LangString ^ErrorWriting 2052 "写不进去，多半是盘满了，没有安装："
LangString ^ErrorDecompressing 2052 "安装程序不完整，没有安装。请向发放单位再要一份。"

!include parts.nsh

; What is being done, in a line above the bar. Else every file's name would flash by there, and the drawing of 2,000 names
; takes longer than the unpacking.
!macro Say WORDS
  SetDetailsPrint textonly
  DetailPrint "${WORDS}"
  SetDetailsPrint none
!macroend

; ---- before anything is touched ----

; Says why it stops; silently it only leaves with the code.
!macro Refuse CODE SENTENCE
  SetErrorLevel ${CODE}
  MessageBox MB_OK|MB_ICONSTOP "${SENTENCE}" /SD IDOK
!macroend

Function .onInit
  SetShellVarContext current
  StrCpy $OlderAllowed 0
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/OLDER" $1
  ${IfNot} ${Errors}
    StrCpy $OlderAllowed 1
  ${EndIf}
  StrCpy $0 1
  ${If} ${IsNativeAMD64}
  ${AndIf} ${AtLeastBuild} ${OLDEST_BUILD}
    StrCpy $0 0
  ${ElseIf} ${IsNativeARM64}
  ${AndIf} ${AtLeastBuild} 22000   ; the first that runs x64 programs there
    StrCpy $0 0
  ${EndIf}
  ${If} $0 <> 0
    !insertmacro Refuse 3 "${TOO_OLD}"
    Quit
  ${EndIf}
FunctionEnd

; 0 on the stack: go on; else the exit code, and the reason has been said.
Function CheckTarget
  Call CheckName
  Pop $0
  ${If} $0 <> 0
    Push $0
    Return
  ${EndIf}
  Call CheckForeign
  Pop $0
  ${If} $0 <> 0
    Push $0
    Return
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\${PORTABLE_MARKER}"
    !insertmacro Refuse 2 "这个文件夹里是绿色版，它的资料也在里面，不能装在上面。$\r$\n$\r$\n请换一个文件夹。"
    Push 2
    Return
  ${EndIf}
  ClearErrors
  CreateDirectory "${NEW}"
  ${If} ${Errors}
    !insertmacro Refuse 2 "这个文件夹写不进去：$\r$\n$INSTDIR$\r$\n$\r$\n请换一个文件夹。"
    Push 2
    Return
  ${EndIf}
  RMDir "${NEW}"
  RMDir "$INSTDIR"   ; goes only when it was made just now
  Call CheckVersion
  Pop $0
  ${If} $0 <> 0
    Push $0
    Return
  ${EndIf}
  Call CheckClosed
FunctionEnd

; A path in which Windows would not find every file.
Function CheckName
  StrLen $0 "$INSTDIR"
  ${If} $0 > ${LONGEST_PLACE}
    !insertmacro Refuse 2 "这个文件夹的路径有 $0 个字，太长了，里面的文件 Windows 打不开。$\r$\n$\r$\n请换一个短些的，不超过 ${LONGEST_PLACE} 个字。"
    Push 2
    Return
  ${EndIf}
  ${Do}
    IntOp $0 $0 - 1
    StrCpy $1 "$INSTDIR" 1 $0
    ${If} $1 == ";"
      !insertmacro Refuse 2 "${SEMICOLON}"
      Push 2
      Return
    ${EndIf}
  ${LoopUntil} $0 <= 0
  Push 0
FunctionEnd

; A folder of another program, whose parts may be called like ours, and that of the user's own data.
Function CheckForeign
  ${If} ${FileExists} "$INSTDIR\${DATABASE}"
  ${OrIf} "$INSTDIR" == "$LOCALAPPDATA\${NAME}"   ; where it will be
    !insertmacro Refuse 2 "这个文件夹是放您填写的资料的，程序不能装在里面：$\r$\n$INSTDIR$\r$\n$\r$\n请换一个文件夹。"
    Push 2
    Return
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\${NAME}.exe"
  ${OrIf} ${FileExists} "$INSTDIR\app\pilotdesk\*.*"   ; a virus scanner may have taken the program away
  ${OrIf} ${FileExists} "${OLD}\*.*"
    Push 0
    Return
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\uninstall.exe"
  ${OrIf} ${FileExists} "$INSTDIR\unins*.exe"
  ${OrIf} ${FileExists} "$INSTDIR\files.txt"
    !insertmacro Refuse 2 "这个文件夹里装着别的程序，不能装在一起：$\r$\n$INSTDIR$\r$\n$\r$\n请换一个空的文件夹。"
    Push 2
    Return
  ${EndIf}
  Push 0
FunctionEnd

Function CheckVersion
  ClearErrors
  GetDLLVersion "$INSTDIR\${NAME}.exe" $R0 $R1
  ${If} ${Errors}
  ${OrIf} $OlderAllowed <> 0
    Push 0
    Return
  ${EndIf}
  StrCpy $0 0
  ${If} $R0 U> ${VERSION_HIGH}
    StrCpy $0 1
  ${ElseIf} $R0 = ${VERSION_HIGH}
  ${AndIf} $R1 U> ${VERSION_LOW}
    StrCpy $0 1
  ${EndIf}
  ${If} $0 = 0
    Push 0
    Return
  ${EndIf}
  IntOp $1 $R0 >> 16
  IntOp $2 $R0 & 0xFFFF
  IntOp $3 $R1 >> 16
  SetErrorLevel 5
  MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "这里装着更新的版本 $1.$2.$3，这个安装程序是 ${VERSION}。$\r$\n$\r$\n换回旧版后，用新版改过的资料旧版可能只能看、不能改。确定要换回旧版吗？" /SD IDNO IDYES wanted
  Push 5
  Return
  wanted:
  StrCpy $OlderAllowed 1
  SetErrorLevel -1
  Push 0
FunctionEnd

; A program that runs cannot be opened for writing; its workers are the same files.
!macro CheckClosed UN DEED
Function ${UN}CheckClosed
  again:
  StrCpy $0 0
  !insertmacro IsOpen "${NAME}.exe"
  !insertmacro IsOpen "pilotdesk-cli.exe"
  ${If} $0 = 0
    SetErrorLevel -1
    Push 0
    Return
  ${EndIf}
  SetErrorLevel 4
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "PilotDesk 还开着（窗口、审核台，或正在后台处理材料），现在不能${DEED}，什么也没有改动。$\r$\n$\r$\n请先关掉它，再点“重试”。" /SD IDCANCEL IDRETRY again
  Push 4
FunctionEnd
!macroend

!macro IsOpen FILE
  ${If} ${FileExists} "$INSTDIR\${FILE}"
    ClearErrors
    FileOpen $1 "$INSTDIR\${FILE}" a
    ${If} ${Errors}
      StrCpy $0 1
    ${Else}
      FileClose $1
    ${EndIf}
  ${EndIf}
!macroend

!insertmacro CheckClosed "" "安装"
!insertmacro CheckClosed "un." "卸载"

Function LeaveDirectory
  GetInstDirError $0
  ${If} $0 = 1
    MessageBox MB_OK|MB_ICONSTOP "这个位置装不了：$\r$\n$INSTDIR$\r$\n$\r$\n请写完整的文件夹，比如 D:\${NAME}，不能是盘本身；U 盘、移动硬盘要先插好。也可以点“浏览”选一个。"
    Abort
  ${ElseIf} $0 = 2
    MessageBox MB_OK|MB_ICONSTOP "这个盘的空间不够，装不下。$\r$\n$\r$\n请腾出一些空间，或者换一个盘。"
    Abort
  ${EndIf}
  Call CheckTarget
  Pop $0
  ${If} $0 <> 0
    Abort
  ${EndIf}
FunctionEnd

; ---- the exchange ----

!macro MoveOut PART
  ${If} $Failed == ""
  ${AndIf} ${FileExists} "$INSTDIR\${PART}"
    ClearErrors
    Rename "$INSTDIR\${PART}" "${OLD}\${PART}"
    ${If} ${Errors}
      StrCpy $Failed "${PART}"
    ${EndIf}
  ${EndIf}
!macroend

!macro MoveIn PART
  ${If} $Failed == ""
  ${AndIf} ${FileExists} "${NEW}\${PART}"
    ClearErrors
    Rename "${NEW}\${PART}" "$INSTDIR\${PART}"
    ${If} ${Errors}
      StrCpy $Failed "${PART}"
    ${EndIf}
  ${EndIf}
!macroend

; The old part goes back; a new one that stood in its place, or where there was none, waits in .setup-new again.
!macro MoveBack PART
  ${If} ${FileExists} "$INSTDIR\${PART}"
  ${AndIfNot} ${FileExists} "${NEW}\${PART}"
    Rename "$INSTDIR\${PART}" "${NEW}\${PART}"
  ${EndIf}
  ${If} ${FileExists} "${OLD}\${PART}"
    Rename "${OLD}\${PART}" "$INSTDIR\${PART}"
  ${EndIf}
!macroend

; Back to before. An exchange that is not over is known by .setup-old; every part was in .setup-new when it began.
Function UndoExchange
  ${If} ${FileExists} "${OLD}\*.*"
    CreateDirectory "${NEW}"
    !insertmacro ForEachPart MoveBack
    RMDir "${OLD}"
  ${EndIf}
FunctionEnd

Function Exchange
  again:
  StrCpy $Failed ""
  CreateDirectory "${OLD}"
  !insertmacro ForEachPart MoveOut
  !insertmacro ForEachPart MoveIn
  ${If} $Failed == ""
    ClearErrors
    Rename "${OLD}" "${DONE}"   ; from here on the new program is the one that counts
    ${If} ${Errors}
      StrCpy $Failed ".setup-old"
    ${EndIf}
  ${EndIf}
  ${If} $Failed == ""
    Return
  ${EndIf}
  Call UndoExchange
  SetErrorLevel 2
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "换不上新的“$Failed”：有别的程序正用着它（杀毒软件正在查，或者在文件夹里开着窗口）。原来的程序已经放回。$\r$\n$\r$\n请稍等一下再点“重试”。" /SD IDCANCEL IDRETRY again
  RMDir /r "${NEW}"
  Quit
FunctionEnd

; Deletes what FOLDER\files.txt names below FOLDER: files first, then the folders that are empty by then.
!macro DeleteListed UN
Function ${UN}DeleteListed
  Exch $R0
  ClearErrors
  FileOpen $R1 "$R0\files.txt" r
  ${IfNot} ${Errors}
    ${Do}
      ClearErrors
      FileReadUTF16LE $R1 $R2
      ${If} ${Errors}
        ${ExitDo}
      ${EndIf}
      ${${UN}TrimNewLines} $R2 $R2
      ${If} $R2 != ""
        StrCpy $R3 $R2 1 -1
        ${If} $R3 == "\"
          StrCpy $R2 $R2 -1
          RMDir "$R0\$R2"
        ${Else}
          Delete "$R0\$R2"
        ${EndIf}
      ${EndIf}
    ${Loop}
    FileClose $R1
  ${EndIf}
  Delete "$R0\files.txt"
  Delete "$R0\uninstall.exe"
  Pop $R0
FunctionEnd
!macroend
!insertmacro DeleteListed ""
!insertmacro DeleteListed "un."

; The old program goes. What the user had put into its folders stays, in a folder that says so.
Function ClearOld
  Push "${DONE}"
  Call DeleteListed
  RMDir "${DONE}"
  ${If} ${FileExists} "${DONE}\*.*"
    StrCpy $R4 "$INSTDIR\升级前您放在程序文件夹里的文件"
    StrCpy $R5 1
    ${While} ${FileExists} "$R4"
      IntOp $R5 $R5 + 1
      StrCpy $R4 "$INSTDIR\升级前您放在程序文件夹里的文件 ($R5)"
    ${EndWhile}
    Rename "${DONE}" "$R4"
  ${EndIf}
FunctionEnd

; Public keys of whoever hands the program out, when they lie beside this file. Among what was downloaded may be one that
; somebody else has sent: who can be asked is asked.
Function CopyKeys
  FindFirst $R0 $R1 "$EXEDIR\*.pdkey"
  ${DoWhile} $R1 != ""
    MessageBox MB_YESNO|MB_ICONQUESTION "安装程序旁边有一个发放单位的公钥：$\r$\n$R1$\r$\n$\r$\n登记以后，它签了名的更新都能装。和安装程序一起发给您的，点“是”；不知道从哪里来的，点“否”，以后也能在程序里登记。" /SD IDYES IDNO next
    CreateDirectory "$INSTDIR\keys"
    System::Call 'kernel32::CopyFileW(w "$EXEDIR\$R1", w "$INSTDIR\keys\$R1", i 0) i .R2'
    next:
    FindNext $R0 $R1
  ${Loop}
  FindClose $R0
FunctionEnd

; ---- Windows is told ----

; What opened such files before is remembered, and opens them again when we go.
!macro RegisterKind ENDING PROGID WORDS
  ReadRegStr $0 HKCU "Software\Classes\${ENDING}" ""
  ${If} $0 != ""
  ${AndIf} $0 != "${PROGID}"
    WriteRegStr HKCU "Software\Classes\${PROGID}" "Before" "$0"
  ${EndIf}
  WriteRegStr HKCU "Software\Classes\${PROGID}" "" "${WORDS}"
  WriteRegStr HKCU "Software\Classes\${PROGID}\DefaultIcon" "" '"$INSTDIR\${NAME}.exe",0'
  WriteRegStr HKCU "Software\Classes\${PROGID}\shell\open\command" "" '"$INSTDIR\${NAME}.exe" "%1"'
  WriteRegStr HKCU "Software\Classes\${ENDING}" "" "${PROGID}"
  WriteRegNone HKCU "Software\Classes\${ENDING}\OpenWithProgids" "${PROGID}"
!macroend

!macro ForgetKind ENDING PROGID WORDS
  ReadRegStr $0 HKCU "Software\Classes\${ENDING}" ""
  ${If} $0 == "${PROGID}"
    ReadRegStr $0 HKCU "Software\Classes\${PROGID}" "Before"
    ${If} $0 == ""
      DeleteRegValue HKCU "Software\Classes\${ENDING}" ""
    ${Else}
      WriteRegStr HKCU "Software\Classes\${ENDING}" "" "$0"
    ${EndIf}
  ${EndIf}
  DeleteRegValue HKCU "Software\Classes\${ENDING}\OpenWithProgids" "${PROGID}"
  DeleteRegKey /ifempty HKCU "Software\Classes\${ENDING}\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "Software\Classes\${ENDING}"
  DeleteRegKey HKCU "Software\Classes\${PROGID}"
!macroend

!macro ForEachKind DO
  !insertmacro ${DO} ".pilot" "${NAME}.Draft" "标准化试点申报材料"
  !insertmacro ${DO} ".pilotback" "${NAME}.Return" "标准化试点退回单"
  !insertmacro ${DO} ".pdpack" "${NAME}.Update" "${NAME} 更新包"
!macroend

Function TellWindows
  CreateShortCut "$SMPROGRAMS\${TITLE}.lnk" "$INSTDIR\${NAME}.exe"
  CreateShortCut "$DESKTOP\${TITLE}.lnk" "$INSTDIR\${NAME}.exe"
  !insertmacro ForEachKind RegisterKind
  WriteRegStr HKCU "${OWN_KEY}" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${TITLE}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${NAME}.exe"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "PilotDesk contributors"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
  ${RefreshShellIcons}
FunctionEnd

Section "-program"
  Call CheckTarget
  Pop $0
  ${If} $0 <> 0
    Quit
  ${EndIf}
  Call UndoExchange   ; of a run that was cut off
  RMDir /r "${NEW}"
  !insertmacro Say "正在解开程序文件……"
  !include files.nsh
  WriteUninstaller "${NEW}\uninstall.exe"
  SetOutPath "$INSTDIR"
  Call CheckClosed
  Pop $0
  ${If} $0 <> 0
    RMDir /r "${NEW}"
    Quit
  ${EndIf}
  !insertmacro Say "正在换上新的程序……"
  Call Exchange
  RMDir /r "${NEW}"
  Call ClearOld
  Call CopyKeys
  Call TellWindows
  SetErrorLevel 0   ; whatever was refused and then mended on the way
SectionEnd

Function .onInstFailed
  SetOutPath "$TEMP"   ; a folder that is the current one cannot be deleted
  RMDir /r "${NEW}"
  RMDir "$INSTDIR"
FunctionEnd

; When it has failed the page stays; .onInstFailed comes only when it is closed.
Function LeaveInstallation
  ${If} ${Abort}
    Call .onInstFailed
    !insertmacro Say "请按刚才说的处理好，再运行一次安装程序。"
  ${EndIf}
FunctionEnd

; ---- and away again ----

; The first line of moved-to.txt, which is UTF-8, when the data was moved elsewhere.
Function un.FindData
  StrCpy $DataPlace "$LOCALAPPDATA\${NAME}"
  ClearErrors
  FileOpen $0 "$DataPlace\moved-to.txt" r
  ${If} ${Errors}
    Return
  ${EndIf}
  System::Alloc 4096
  Pop $1
  System::Call 'kernel32::ReadFile(p r0, p r1, i 4000, *i .r2, p 0)'
  System::Call 'kernel32::MultiByteToWideChar(i 65001, i 0, p r1, i r2, w .r3, i ${NSIS_MAX_STRLEN})'
  System::Free $1
  FileClose $0
  ${un.TrimNewLines} $3 $3
  ${If} $3 != ""
    StrCpy $DataPlace $3
  ${EndIf}
FunctionEnd

Function un.onInit
  SetShellVarContext current
  Call un.FindData
FunctionEnd

Section "Uninstall"
  SetOutPath "$TEMP"
  Call un.CheckClosed
  Pop $0
  ${If} $0 <> 0
    Quit
  ${EndIf}
  ${IfNot} ${FileExists} "$INSTDIR\files.txt"
    !insertmacro Refuse 2 "找不到 files.txt（程序装了哪些文件的清单），不敢随便删。$\r$\n$\r$\n请重新安装一次，再卸载；或者自己删掉这个文件夹：$\r$\n$INSTDIR"
    Quit
  ${EndIf}
  ReadRegStr $R8 HKCU "${OWN_KEY}" "InstallDir"
  GetFullPathName $R8 "$R8"
  GetFullPathName $R9 "$INSTDIR"
  !insertmacro Say "正在删去程序文件……"
  Push "$INSTDIR"
  Call un.DeleteListed
  Delete "$INSTDIR\keys\*.pdkey"
  RMDir "$INSTDIR\keys"
  RMDir "$INSTDIR"
  ${If} $R8 != $R9   ; installed again elsewhere: what Windows knows leads there
  ${AndIf} ${FileExists} "$R8\${NAME}.exe"
    Return
  ${EndIf}
  Delete "$SMPROGRAMS\${TITLE}.lnk"
  Delete "$DESKTOP\${TITLE}.lnk"
  !insertmacro ForEachKind ForgetKind
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  DeleteRegKey HKCU "${OWN_KEY}"
  ${RefreshShellIcons}
SectionEnd
