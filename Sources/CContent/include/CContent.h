#pragma once
extern int plumb_content_module;
