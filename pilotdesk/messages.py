"""Code to Chinese sentence: what happened, and what to do about it.

Sentences follow the interface's wording rules: no codes, no blame, first what is wrong, then the cure.
"""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, str]] = {
    # program and folders
    "program_incomplete": "程序文件不全：{folder} 里找不到 forms 和 resources 两个文件夹。请重新解压或安装一遍。",
    "folder_unwritable": "写不进“{folder}”。换一个自己能写的文件夹，比如“文档”，再来一次。",
    "disk_full": "“{folder}”所在的盘满了。腾出一些地方，或换一个盘再来一次；原来的文件没有动。",
    "name_too_long": "要存到“{folder}”的文件名太长，系统存不下。请换个短些的名字，或换个短些的文件夹，再来一次。",
    "target_taken": "“{name}”已经有了，没有换掉它。请换个名字，或加 --force 换掉。",
    "target_open_elsewhere": "“{name}”正在别处开着（多半是 Word 或 WPS）。关掉它再来一次，或换个名字存。",
    "target_changed": "文件夹里已有的“{name}”被改过，或是别的草稿导出的，没有换掉它。要用里面改的字，先“读回改过的 Word”；"
    "不用就换个名字存。",
    "file_missing": "找不到或打不开“{name}”。请看看路径对不对，U 盘是否还插着。",
    "file_damaged": "程序里的“{name}”不见了，或和装的时候不一样。请重新解压或安装一遍；杀毒软件拦下了的，请先放行。",
    "file_unknown": "“{name}”不是 PilotDesk 认得的文件。能打开的有：.pilot 草稿、.pilotback 退回单、.pdpack 更新包、交接包，"
    "以及导出的 Word 和 PDF。",
    "file_is_folder": "“{name}”是一个文件夹，不能直接打开。请打开里面的 .pilot 文件。",
    "place_unfit": "{sentence}",
    "page_blank": "画出来的页面是空白的，窗口用不了。请重新安装一遍，或更新显卡驱动。",
    "signs_not_drawn": "“{family}”画不出汉字，界面会全是方框。请重新解压或安装一遍。",
    "qt_incomplete": "画窗口用的“{name}”不见了。请重新解压或安装一遍；杀毒软件拦下了的，请先放行。",
    # drafts
    "portable_unwritable": "绿色版的资料存在程序旁边的“资料”文件夹里，现在写不进去：U 盘的写保护开着，或 U 盘坏了。"
    "请关掉写保护，或把整个文件夹复制到这台电脑自己能写的地方，再打开。",
    "store_unwritable": "资料文件夹“{folder}”写不进去。请换一个自己能写的文件夹，或请管理电脑的同事放开权限。",
    "store_busy": "资料正被另一个 PilotDesk 窗口使用。关掉那个窗口，再来一次。",
    "store_swapped": "“{folder}”里的资料文件被别的程序（如网盘）换掉或移走了，存不进去。请移回原处；不行就先导出 Word 再关。",
    "store_held_empty": "资料文件夹正由{who}打开着，里面还没有内容可看。等那边关掉再试一次，或者换一个文件夹。",
    "store_held": "资料正由{who}打开着，这里只能看，没有存。等那边关掉，再点“看能不能改了”。",
    "store_look_only": "资料文件夹“{folder}”写不进去，现在只能看，没有存。写得进了，再点“看能不能改了”。",
    "closing_cut_short": "关得太快，或盘太慢，没有做完。",
    "second_at_close": "上次关闭时第二位置没有存上。请看看那个盘还在不在、满没满。",
    "store_taken_over": "这台电脑离开太久，资料已由别的电脑接着用，这里不再存。请把没存上的几处抄下来，关掉这个窗口再打开。",
    "move_occupied": "“{folder}”里已经有东西了。请选一个空的文件夹，或新建一个。",
    "move_inside": "“{folder}”和现在的资料文件夹一个套着一个，移了也不安全。请选别的地方。",
    "moving": "资料正在移到别的地方，移好以前不能改。请等一会儿。",
    "data_folder_gone": "资料移到了“{folder}”，现在找不到它。请插上那个盘，或连上那个位置，再打开。",
    "store_full": "“{folder}”所在的盘满了，刚才改的还没有存上。腾出一些地方：填写的会自动再存，别的请再做一次。",
    "store_away": "“{folder}”现在找不到，刚才改的还没有存上。U 盘请插回去，共享盘等连上，会自动再存；别关窗口。",
    "store_bug": "程序出了毛病，刚才改的还没有存上，会自动再存。先别关：请把改的几处抄下来，或先导出 Word。",
    "store_damaged": "“{folder}”里的资料文件坏了一部分。先别删它：重新打开 PilotDesk，它会用 backups 里的备份帮您找回来。",
    "store_lost": "“{folder}”里的资料文件空了或不见了，备份还在。重新打开 PilotDesk，它会用备份帮您找回来。",
    "backup_unsound": "刚做的备份检查没有通过，没有留下；原来的备份都在。“{folder}”所在的盘可能有问题，请换一个位置再备一份。",
    "attachments_damaged": "有 {count} 个附件的文件坏了，没有进备份。请打开用到附件的栏目，把打不开的原文件再添加一次。",
    "copy_differs": "存到“{folder}”的文件读回来不一样，没有留下。这个盘可能坏了，请换一个。",
    "second_same": "“{folder}”就在资料文件夹里，坏了会一起坏。请选 U 盘，或另一个盘里的文件夹。",
    "recovery_failed": "“{folder}”里拼好的资料检查没有通过，没有用它；坏的和备份都没有动。请只用备份再找回一次。",
    "store_too_new": "这份资料的格式版本是 {version}，这个程序只认到 {known}。资料没有坏，请装新版本的 PilotDesk 再打开。",
    "found_gone": "“{folder}”里的备份读不到了，U 盘可能拔出来了。插好再来一次，这台电脑上的资料没有动。",
    "found_unsound": "“{folder}”里的这份备份检查没有通过，没有用它，原来的资料都没有动。请选另一份再来一次。",
    "found_not_alone": "这台电脑上已经有项目了，没有换掉它们。请再来一次，备份里的会作为另外的项目放进来。",
    "draft_gone": "这份草稿已经不在了，可能在另一个窗口里删掉了。请回首页看看。",
    "attachment_gone": "这个附件的内容不在资料里。请把原文件再添加一次。",
    "attachment_damaged": "这个附件的内容和添加的时候不一样了，可能盘坏了或被改动过：{path}。请把原文件再添加一次。",
    "project_gone": "这个项目已经不在了，可能在另一个窗口里删掉了。请回首页看看。",
    "date_unknown": "没有“{name}”这个日子，有的是：{known}。",
    "form_unknown": "这个表单包里没有“{name}”这张表，有的是：{known}。",
    # the province's desk
    "desk_missing": "找不到审核台文件“{name}”。请看看它是否移走了，U 盘或共享盘是否还连着。",
    "desk_there": "“{name}”已经有了，没有换掉它。请直接打开它，或换个文件夹新建。",
    "desk_foreign": "“{name}”不是审核台文件，没有动它。请选文件名以“审核台_”开头的 .db 文件。",
    "desk_too_new": "“{name}”的格式版本是 {version}，这个程序只认到 {known}。文件没有坏，请装新版本的 PilotDesk 再打开。",
    "desk_damaged": "审核台文件“{name}”坏了一部分，读不出来。先别删它：请换用最近存的一份，或请发来的人再给一份。",
    "desk_busy": "审核台文件“{name}”正被另一个程序占着，没有存。把用着它的程序关掉，再来一次。",
    "desk_full": "“{folder}”所在的盘满了，刚才的没有存上，以前的都在。腾出一些地方，再来一次。",
    "desk_unwritable": "审核台文件“{name}”写不进“{folder}”，刚才的没有存上。换一个自己能写的文件夹，或看看盘还在不在，再来一次。",
    "desk_held": "审核台文件“{name}”正由{who}打开着，这里只能看，没有存。等那边关掉，再重新打开。",
    "desk_taken_over": "这台电脑离开太久，审核台文件“{name}”已由别的电脑接着用，这里不再存。请关掉，再重新打开。",
    "desk_inside": "审核台文件不能存在收件的文件夹“{folder}”里，下次会把它也当作材料收。请另选一个文件夹。",
    "desk_gone": "审核台里没有这一件材料，可能已并入另一件。请回到表里再选一次。",
    "desk_uncrossed": "材料都收下了，但没有比完，同一单位、电话等的提示可能不全。请关掉别的程序，再打开“{name}”收一次件。",
    "desk_point_unknown": "这张表没有第 {point} 个审核要点，一共 {known} 个。请另选一个。",
    "desk_reason_missing": "结论和各要点的审核不一样，要写明理由。请写上理由再存。",
    "desk_not_picked": "还没有勾选推荐的材料不能排序。请先勾选，再排序。",
    "desk_nothing_to_undo": "没有可以撤销的了。收到的材料不能撤销，请直接改审核意见。",
    "day_unread": "“{typed}”看不出是哪一天。请写成 2026-06-24 这样，或空着。",
    "incident_no_project": "还没有选是哪个项目出的事。请先选项目，再来一次。",
    "quota_over": "推荐的超出了限额：{sentence}",
    "archive_lacking": "有 {count} 个收到的文件没法打包：{places}。请把原件放回原处再来一次，或选择不要这几个。",
    "archive_no_folder": "还不知道原件放在哪里，或那些文件夹都不在了。请点“加文件夹”，选收件时的文件夹，再来一次。",
    "archive_differs": "打好的材料包读回来和收到的文件不一样，没有留下。这个盘可能坏了，请换一个位置再来一次。",
    # packs
    "pack_unknown": "没有“{name}”这一年的表单。{suggestion}",
    "pack_missing": "找不到或打不开表单包“{folder}”。请看看路径对不对。",
    "pack_broken": "表单包“{folder}”有 {count} 处要改，改好再打开：\n{lines}",
    "migration_missing": "这一版表单没有写明怎样从 {round} 年第 {version} 版转过来。草稿没有动，请照旧版填，或换一个表单包再来。",
    "migration_needless": "这份草稿用的就是这一版表单，不用转换。",
    "migration_done": "这份草稿已经转换过，新版的在同一个项目里。想再转一次，先把那一份删去。",
    "pack_update_spoilt": "更新装上的 {round} 年表单用不了，多半是杀毒软件拿走了文件。把当时的 .pdpack 再装一次就好，草稿都在。",
    "pack_version_gone": "这份草稿是照 {round} 年第 {version} 版表单填的，这台电脑上只有别的版本。"
    "请用填它的那台电脑打开，或装上新版的 PilotDesk。",
    # updates
    "pack_unfit": "表单包“{folder}”有 {count} 处要改，没有打包。请把列出来的改好，再来一次。",
    "update_missing": "找不到或打不开“{name}”。请看看路径对不对，U 盘是否还插着。",
    "update_foreign": "“{name}”不是 PilotDesk 的更新。请选后缀是 .pdpack 的文件。",
    "update_too_new": "“{name}”是更新的程序做的，这个程序读不懂。请先装上新版的 PilotDesk，再装这个更新。",
    "update_too_large": "“{name}”大得不像一份更新（最多 {most} MB），没有打开。请向发放单位重新要一份。",
    "update_damaged": "“{name}”不完整，可能没有拷全，没有用它。请向发放单位重新要一份。",
    "update_unsigned": "“{name}”没有签名，不知道是谁做的，没有用它。请向发放单位要签过名的那一份。",
    "update_signer_unknown": (
        "“{name}”的签名不是登记过的发放单位的（指纹 {fingerprint}），没有用它。"
        "请打电话问发放单位，指纹对得上，再在“更新”里登记它的公钥。"
    ),
    "update_changed": "“{name}”和“{signer}”签名的时候不一样，被改过或坏了，没有用它。请向发放单位重新要一份。",
    "update_needs_program": "“{name}”要 {needs} 以上的 PilotDesk 才能用。请先装上新版的程序，再装这个更新。",
    "update_not_pack": "“{name}”不是表单的更新，是安装程序的签名。请选后缀是 .pdpack 的文件。",
    "update_not_program": "“{name}”不是安装程序的签名。请选安装程序旁边后缀是 .pdsig 的文件。",
    "update_same": "“{title}”的这份更新已经装着，不用再装。",
    "update_not_newer": "“{title}”现在用的比“{name}”还新，没有装。装过的更新，可以在右上角菜单的“更新…”里撤销。",
    "update_unfit": "“{name}”里的表单这个程序用不了（{count} 处读不懂），没有装。请告诉发放单位，或先换上新版的程序再来。",
    "update_places": "“{name}”里的“{title}”增减了栏目，却没有写成新的一版，填好的内容会没处放。没有装，请告诉发放单位。",
    "update_overtaken": "看的时候，别处又装了或撤销了更新，这次没有装。请重新打开这个更新，看过再装。",
    "update_differs": "写到“{folder}”的表单读回来不一样，没有用它。这个盘可能坏了，请换一个盘再来一次。",
    "update_undo_order": "“{title}”后来又装过别的更新，这一份现在不起作用。请先撤销后装的。",
    "update_gone": "这份更新不在记录里了，可能在另一个窗口里撤销了。请重新打开“更新”看看。",
    "update_record_unread": (
        "装过哪些更新的记录现在读不出来，可能正被杀毒软件占着。什么也没有改动，请过一会儿再来一次。"
    ),
    "update_record_new": (
        "这里的更新是更新的程序装的，这个程序不敢改动。请先装上新版的 PilotDesk，再装或撤销更新。"
    ),
    "update_none": "没有可以撤销的更新。装过哪些、哪一份正在用，请看“装过的更新”，或写 pilotdesk pack list。",
    "update_words": "名称或说明太长，或者里面有看不见的字符，没有做。请改短一些、去掉它们再来一次。",
    "update_version": "“{version}”不是版本号。请写成 0.2 或 1.0.3 这样，再来一次。",
    "update_held": "资料正由{who}打开着，现在不能装、不能撤销。请先关掉那个窗口，再来一次。",
    "program_missing": "找不到或打不开安装程序“{name}”。请把它和 .pdsig 文件放在一起，名字改过的改回来。",
    "program_unsigned": (
        "“{name}”旁边没有它的签名（名字一样、后面多 .pdsig 的文件），不知道是谁做的，没有用它。"
        "请向发放单位把两个文件一起要来，名字都不要改。"
    ),
    "program_not_newer": "“{name}”里是 PilotDesk {version}，这台电脑上已经是 {here}，不用装。",
    "program_other": "“{name}”是 {kind}，这台电脑上的 PilotDesk 要用 {wanted}更新。请向发放单位要那一种。",
    "program_empty": "“{name}”是空的，没有签名。请看看是不是没有拷全，再来一次。",
    "program_changed": "“{name}”和“{signer}”签名的时候不一样，被改过或没有拷全，没有用它。请向发放单位重新要一份。",
    "program_kind": "“{name}”不是安装程序。请选后缀是 .exe、.zip 或 .deb 的文件。",
    "key_missing": "找不到或打不开“{name}”。请看看路径对不对，U 盘是否还插着。",
    "key_foreign": "“{name}”不是发放单位的公钥。请选后缀是 .pdkey 的文件，或向发放单位重新要一份。",
    "key_installed": "“{signer}”的公钥是随程序装的，这里去不掉。不再信它，请管电脑的同事删去程序的 keys 文件夹里的“{file}”。",
    "key_unknown": "没有登记过这个发放单位。请重新打开“更新”看看。",
    "key_differs": "指纹对不上：这个公钥的指纹是 {fingerprint}。没有登记，请打电话给发放单位重新核对。",
    "password_differs": "两次输的密码不一样，钥匙没有做。看看大小写和输入法，再来一次。",
    "password_untold": "没有人输私钥的密码。请写 --password-file 密码所在的文件，或放进环境变量 {variable}，再来一次。",
    "notes_unread": "“{name}”不是 UTF-8 的文本，看不懂。请在记事本里另存，编码选 UTF-8，再来一次。",
    "key_name": "发放单位的名称要写，最多 {most} 个字，不能有看不见的字符。请改一下再来一次。",
    "key_taken": "“{name}”已经有了，没有换掉它。请换个名称或文件夹，钥匙丢了就没有第二把。",
    "secret_missing": "找不到或打不开私钥“{name}”。请看看路径对不对，U 盘是否还插着。",
    "secret_foreign": "“{name}”不是发放单位的私钥。请选后缀是 .pdsecret 的文件。",
    # answers files
    "answers_not_object": "答案文件要写成一个 {{…}}，栏名在前、内容在后。",
    "answers_unknown_field": "表里没有“{path}”这一栏。{suggestion}",
    "answers_wrong_type": "“{path}”这一栏读不出来。{expected}",
    "answers_not_asked": "“{path}”不能从答案文件填。请把它从文件里去掉。",
    "answers_unknown_parent": "“{path}”里找不到编号是“{node}”的上一级。请核对 parent 里的编号。",
    "answers_tree_loop": "“{path}”里编号“{node}”的上一级又绕回了自己。请核对 parent 里的编号。",
    "answers_missing": "找不到或打不开“{name}”。请看看路径对不对。",
    "answers_not_json": "“{name}”不是一份完整的 JSON 文件。请检查括号和引号，存为 UTF-8 后再来一次。",
    "answers_attachment_missing": "找不到附件“{name}”。请把它放到答案文件旁边，或从答案里去掉。",
    # attached files
    "attachment_empty": "“{name}”是空的，里面什么也没有。请重新下载或扫描一份再添加。",
    "attachment_too_large": "“{name}”有 {size}，一份佐证不能超过 50 MB。请压缩一下，或拆成几份再添加。",
    "attachment_kind": "“{name}”不是能收的文件。请另存为 PDF、JPEG、PNG、docx 或 xlsx 再添加。",
    "attachment_old_office": "“{name}”是旧格式的 Word、Excel、WPS 文件，或设了密码。请打开它，另存为 PDF、docx 或 xlsx 再添加。",
    "attachment_macros": "“{name}”里带宏，不能收。请打开它，另存为不带宏的 docx、xlsx 或 PDF 再添加。",
    "office_broken": "“{name}”不是一份完整的 Word 或 Excel 文件。请打开它，另存一份再添加。",
    "pdf_broken": "“{name}”不是一份完整的 PDF，有的页读不出来。请重新下载、扫描或导出一份再添加。",
    "pdf_locked": "“{name}”设了打开密码，合订不进去。请用密码打开它，打印成一份新的 PDF 再添加。",
    "pdf_unsafe": "“{name}”里面的东西多得打开时会占满内存，为了安全没有打开。请打印成一份新的 PDF 再添加。",
    "pdf_too_long": "“{name}”有 {pages} 页，一份佐证不能超过 2000 页。请只留用得着的页再添加。",
    "picture_broken": "“{name}”这张图片不完整，显示不出来。请重新拍照、扫描或下载一份再添加。",
    "picture_too_large": "“{name}”这张图片太大了（{size}）。请在看图软件里缩小一些再添加。",
    # binding
    "binding_empty": "佐证目录里还没有文件，没有可以合订的。请先加文件。",
    "binding_file_gone": "佐证 {piece}“{name}”的内容不在资料里，没有合订。请把原文件再添加一次。",
    "binding_piece_broken": "佐证 {piece}“{name}”合订不进去，所以整本都没有合订。请另存一份完整的 PDF，换掉它再来一次。",
    "binding_differs": "合订好的文件读回来核对，页数或书签对不上。文件没有留下，请再合订一次。",
    # exports
    "errors_left": "还有 {count} 处必须改，不能定稿。可以先导出带“草稿”水印的。",
    "glyphs_missing": "有几个字程序自带的字体都画不出来：{signs}。请换一种写法，或先导出带“草稿”水印的。",
    "readback_differs": "写好的文件读回来核对，有几栏对不上：{labels}。文件没有留下，请再导出一次；还不行就把这句话告诉我们。",
    # pictures of pages
    "page_unknown": "没有“{page}”这一页。可以写：{known}。",
    # packages
    "package_missing": "找不到或打不开“{name}”。请看看路径对不对，U 盘是否还插着。",
    "package_foreign": "“{name}”不是 PilotDesk 存的文件。请选后缀是 .pilot 的文件。",
    "package_damaged": "“{name}”坏了一部分，没有读进来。请对方重新存一份，或换一份备份。",
    "package_too_new": "“{name}”的格式版本是 {version}，这个程序只认到 {known}。文件没有坏，请装新版本的 PilotDesk 再打开。",
    "package_too_large": "“{name}”大得不像一份申报材料，没有打开。请对方检查附件后重新存一份。",
    "package_unsafe_name": "“{name}”里有的文件名会写到别的文件夹去，为了安全没有打开。请对方用 PilotDesk 重新存一份。",
    "package_unsafe_link": "“{name}”里有指向别处的链接，为了安全没有打开。请对方用 PilotDesk 重新存一份。",
    "package_twice": "“{name}”里有同名的两个文件，不知道该信哪一个，没有打开。请对方用 PilotDesk 重新存一份。",
    "package_overlapping": "“{name}”里的几个文件叠在一起，为了安全没有打开。请对方用 PilotDesk 重新存一份。",
    "package_zip_locked": "“{name}”是用别的压缩软件加的密码，打不开。请对方用 PilotDesk 重新存，要密码就在存的时候勾“加密码”。",
    "package_method": "“{name}”是用别的压缩软件重新压过的，打不开。请对方用 PilotDesk 重新存一份。",
    "package_locked": "“{name}”加了密码。请填密码再打开，命令行里用 --password-file。",
    "package_over_limit": "“{name}”没有存：附件加起来超过 {most} MB，对方会打不开。请去掉或压缩几个附件，再存一次。",
    "package_differs": "写好的“{name}”读回来核对，对不上。文件没有留下，请再存一次；还不行就把这句话告诉我们。",
    "due_past": "{day}已经过了。请写一个还没到的日子，或空着。",
    "slip_empty": "没有必须改和请核实的地方，不用退回。要退回，请先写上一条意见。",
    "slip_foreign": "“{name}”不是 PilotDesk 存的退回单。请选后缀是 .pilotback 的文件。",
    "slip_damaged": "“{name}”和发出来的时候不一样了，没有读进来。请省里重新发一份退回单。",
    "slip_too_large": "“{name}”大得不像一张退回单，没有打开。请省里重新发一份退回单。",
    "share_empty": "还没有选请他填哪几部分。请至少选一部分。",
    "share_part_unknown": "这张表里没有“{name}”这一部分，有的是：{known}。",
    "share_other_form": "这一份填的不是“{title}”，并不进来。请打开对应的那张表，再收回一次。",
    "share_other_version": "这一份是照第 {there} 版表单填的，您这里是第 {here} 版，并不进来。请两边都换到同一版再来。",
    "password_wrong": "密码不对，“{name}”没有打开。看看大小写和输入法，再填一次。",
    "password_short": "密码至少要 {least} 个字。请换一个长一些的。",
    "password_file_missing": "找不到或读不出密码文件“{name}”。请看看路径对不对，密码写在第一行，存为 UTF-8。",
    "handover_foreign": "“{name}”不是 PilotDesk 存的交接包。请选文件名以“交接包_”开头的 .zip 文件，不要先解压。",
    "handover_differs": "写好的交接包读回来核对，有几样对不上：{names}。文件没有留下，请再存一次；还不行就把这句话告诉我们。",
    # Word files that are read
    "docx_missing": "找不到或打不开“{name}”。请看看路径对不对，U 盘是否还插着。",
    "docx_unreadable": "“{name}”不是一份完整的 Word 文件（.docx）。请用 Word 或 WPS 打开它，另存为 .docx 后再来一次。",
    "docx_unsafe": "“{name}”的内部结构不像一份正常的 Word 文件，为了安全没有打开。请对方重新导出一份。",
    "docx_is_doc": (
        "“{name}”是老格式的 .doc 文件，改不了里面的表。请用 Word 或 WPS 打开它，"
        "点“文件”—“另存为”，类型选“Word 文档（*.docx）”，再选另存出来的那一份。"
    ),
    "docx_is_wps": (
        "“{name}”是 WPS 自己的格式。请用 WPS 打开它，点“文件”—“另存为”，"
        "类型选“Microsoft Word 文件（*.docx）”，再选另存出来的那一份。"
    ),
    "docx_encrypted": (
        "“{name}”加了密码，打不开。请用 Word 或 WPS 输密码打开它，"
        "在“文件”—“文档加密”里去掉密码，另存为 .docx 后再来一次。"
    ),
    "docx_macros": (
        "“{name}”带着宏（小程序），为了安全没有打开。请用 Word 或 WPS 打开它，"
        "点“文件”—“另存为”，类型选“Word 文档（*.docx）”，再选另存出来的那一份。"
    ),
    "docx_strict": (
        "“{name}”是 .docx 的另一种写法（Strict Open XML）。请用 Word 打开它，"
        "点“文件”—“另存为”，类型选“Word 文档（*.docx）”，再选另存出来的那一份。"
    ),
    "docx_is_other": (
        "“{name}”不是 Word 文件（.docx）。请用 Word 或 WPS 打开它，"
        "点“文件”—“另存为”，类型选“Word 文档（*.docx）”，再选另存出来的那一份。"
    ),
    "filled_differs": "填好的“{name}”重新打开核对，对不上。文件没有留下，请再存一次；还不行就把这句话告诉我们。",
    "mapping_missing": "找不到或打不开“{name}”这份对应。请看看路径对不对。",
    "mapping_broken": "“{name}”不是一份完整的对应文件，没有用它。要改的地方：\n{lines}",
    "mapping_other_file": "这份对应不是给“{name}”这个模板做的，哪怕差一个字也不能用。请去掉它，让程序重新找一遍。",
    "mapping_other_form": "这份对应不是给“{title}”做的，填不了“{name}”。请打开对应的那张表，再来一次。",
    "pdf_unreadable": "“{name}”不是一份完整的 PDF 文件，读不出来。请重新导出一份，或请对方再发一次。",
    "docx_no_blank": "“{name}”不是填好的空白表。导出后改过的 Word，请先打开它的草稿，再点“读回改过的 Word…”。",
    "docx_foreign": "“{name}”不是 PilotDesk 导出的，或者里面的标记已经没有了，读不出各栏内容。请选导出的那一份 Word 文件。",
    "kit_too_large": "{names} 超过了系统的限制（{limit}）。把大的附件压缩或分开，再做一次材料包。",
    "kit_kind": "系统只收 {kinds} 文件，{names} 不在其中。换成这些格式再做一次材料包。",
    "kit_differs": "材料包写出来以后再读，{names} 和草稿不一样，没有留下。换一个文件夹或磁盘再做一次。",
    "pdf_foreign": "“{name}”不是 PilotDesk 导出的，或者是打印、扫描成的另一份 PDF，读不出各栏内容。请选导出的那一份。",
    "readback_other_form": "“{name}”填的不是“{title}”，读不进这一份。请打开对应的那张表，再读一次。",
    "readback_other_version": "“{name}”是照第 {there} 版表单印的，您这里是第 {here} 版，读不进来。请用同一版的 PilotDesk 再来。",
    "readback_no_such": "“{name}”里没有改“{path}”这一处，有的是：{known}。",
    "readback_not_adoptable": "“{path}”是算出来的、带过来的或固定的，不能从 Word 里改。请在程序里改它的来源。",
    "readback_no_draft": "请写上要读进哪一份草稿（X.pilot）；没有草稿就加 --new，由这份空白表新建一份。",
    "readback_no_target": "请加 --to，写明采纳以后存成哪个 .pilot 文件。",
    "document_unknown": "这张表没有“{name}”这个文件，有的是：{known}。",
    "blank_parts_apart": "这几部分印在不同的文件里：{parts}。请分几次存。",
    "pdf_encrypted": "“{name}”加了密码或限制，核对不了。PilotDesk 导出的 PDF 不带密码，请选导出的那一份。",
    "pdf_too_much": "“{name}”太大，或者里面的东西多得不像 PilotDesk 导出的 PDF，为了安全没有读。请选导出的那一份。",
    # lists of the province, and what it writes
    "list_missing": "找不到或打不开“{name}”。请看看路径对不对，U 盘是否还插着。",
    "list_kind": "“{name}”不是 Excel 或 Word 文件。名单在 Excel 里的请另存为 .xlsx，在 Word 里的另存为 .docx，再来一次。",
    "list_is_xls": "“{name}”是老格式的 .xls 文件。请用 Excel 或 WPS 打开它，点“文件”—“另存为”，"
    "类型选“Excel 工作簿（*.xlsx）”，再选另存出来的那一份。",
    "list_locked": "“{name}”加了密码，打不开。请用 Excel 或 WPS 输密码打开它，去掉密码，另存一份再来一次。",
    "list_macros": "“{name}”带着宏（小程序），为了安全没有打开。请用 Excel 或 WPS 打开它，"
    "点“文件”—“另存为”，类型选“Excel 工作簿（*.xlsx）”，再选另存出来的那一份。",
    "list_unsafe": "“{name}”的内部结构不像一份正常的 Excel 文件，为了安全没有打开。请把名单复制到一份新的表里再来一次。",
    "list_broken": "“{name}”不是一份完整的 Excel 或 CSV 文件。请用 Excel 或 WPS 打开它，另存为 .xlsx 再来一次。",
    "list_too_large": "“{name}”大得不像一份单位名单（最多 2 万行、20 MB），没有读。请只留名单那几列再来一次。",
    "list_no_head": "“{name}”的表里没有找到“承担单位”这一列。请在表头写上“承担单位”，最好还有“统一社会信用代码”，再来一次。",
    "list_empty": "“{name}”的表头下面没有单位。请看看是不是选错了文件。",
    "nothing_picked": "还没有勾选要推荐的项目。请先在审核台勾选，再来一次。",
    "carrier_paper": "“{name}”是 PilotDesk 写的{title}，里面没有申报书的栏目。请选申报书那一份。",
    "carrier_kind": "“{name}”不是 .pilot、Word（.docx）或 PDF 文件，没法核对。",
}
"""Code to template; ``{name}`` is replaced by the error's context."""


def sentence(code: str, **context: object) -> str:
    """The sentence for a code.

    Raises:
        KeyError: no sentence for this code, or a word of it is missing: a bug, found by the tests.
    """
    return SENTENCES[code].format(**context)
